package io.stagedoor.proxy.refresh.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.refresh.Content;
import io.stagedoor.proxy.refresh.ContentKind;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the readers of a site, by Tableau's own data-quality warning of the type {@code STALE}, that
 * content is stale while its refreshes are held back.
 *
 * <p>The site is asked before anything is set, and only what bears our mark is removed: a warning
 * that people have set stays as it is, also over restarts. Nobody waits for it and nothing fails with
 * it: what goes wrong is logged and counted. One call after the other, in the order they were asked
 * for. Safe for any thread. Workbooks have no such warnings.
 */
public final class StaleWarnings implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StaleWarnings.class);
    private static final int MOST_WAITING = 1_000;
    private static final int MOST_KNOWN = 10_000;

    private final TableauCalls calls;
    private final String mark;
    private final ThreadPoolExecutor turns;
    private final Map<String, Boolean> shown = new ConcurrentHashMap<>();
    private final LongAdder failures = new LongAdder();

    /**
     * Makes the means of warning.
     *
     * @param site the site's configured name, which is part of the mark
     */
    public StaleWarnings(TableauCalls calls, String site) {
        this.calls = calls;
        this.mark = "[stagedoor:" + site + "]";
        this.turns =
                new ThreadPoolExecutor(
                        1,
                        1,
                        10,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(MOST_WAITING),
                        Thread.ofVirtual().name("stale-warnings").factory());
        turns.allowCoreThreadTimeOut(true);
    }

    /** Has a warning shown on content, unless it is; returns at once. */
    public void show(Content content) {
        if (hasWarnings(content) && !Boolean.TRUE.equals(shown.get(content.luid()))) {
            take(content, () -> set(content));
        }
    }

    /** Has our warning on content removed, if it may be there; returns at once. */
    public void remove(Content content) {
        if (hasWarnings(content) && !Boolean.FALSE.equals(shown.get(content.luid()))) {
            take(content, () -> unset(content));
        }
    }

    /** Returns how often a warning could not be set or removed. */
    public long failures() {
        return failures.sum();
    }

    /** Gives up what is not begun. */
    @Override
    public void close() {
        turns.shutdownNow();
    }

    private interface Turn {
        void run() throws TableauCallException;
    }

    private static boolean hasWarnings(Content content) {
        return content.kind() != ContentKind.WORKBOOK;
    }

    private void take(Content content, Turn turn) {
        try {
            turns.execute(() -> run(content, turn));
        } catch (RejectedExecutionException _) {
            failed(content, "too many are waiting");
        }
    }

    private void run(Content content, Turn turn) {
        try {
            turn.run();
        } catch (TableauCallException failure) {
            failed(content, failure.why());
        }
    }

    private void failed(Content content, String why) {
        failures.increment();
        LOG.atWarn()
                .addKeyValue("content", content.luid())
                .addKeyValue("reason", why)
                .log("a stale-data warning could not be set or removed");
    }

    private void set(Content content) throws TableauCallException {
        if (ours(content).isEmpty()) {
            ObjectNode document = JsonNodeFactory.instance.objectNode();
            document.putObject("dataQualityWarning")
                    .put("type", "STALE")
                    .put("isActive", true)
                    .put("isSevere", false)
                    .put(
                            "message",
                            "Data may be stale: refreshes are held back while a source is not well. "
                                    + mark);
            var _ = calls.post(path(content), document.toString());
        }
        remember(content, true);
    }

    private void unset(Content content) throws TableauCallException {
        Optional<String> ours = ours(content);
        if (ours.isPresent()) {
            calls.delete("dataQualityWarnings/" + ours.get());
        }
        remember(content, false);
    }

    private void remember(Content content, boolean isShown) {
        if (shown.size() >= MOST_KNOWN) {
            shown.clear();
        }
        shown.put(content.luid(), isShown);
    }

    /** Returns the id of the warning that bears our mark, if there is one. */
    private Optional<String> ours(Content content) throws TableauCallException {
        JsonNode listed = calls.get(path(content)).at("/dataQualityWarningList/dataQualityWarning");
        for (JsonNode warning : listed) {
            if (warning.path("message").asText("").contains(mark)
                    && warning.path("id").asText("").matches("[0-9A-Fa-f-]{1,64}")) {
                return Optional.of(warning.path("id").asText());
            }
        }
        return Optional.empty();
    }

    private static String path(Content content) {
        return "dataQualityWarnings/"
                + content.kind().word().toLowerCase(Locale.ROOT)
                + "/"
                + content.luid();
    }
}
