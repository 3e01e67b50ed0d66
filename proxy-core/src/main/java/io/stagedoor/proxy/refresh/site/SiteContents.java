package io.stagedoor.proxy.refresh.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.stagedoor.proxy.refresh.Content;
import io.stagedoor.proxy.refresh.ContentKind;
import io.stagedoor.proxy.refresh.ContentLookup;
import io.stagedoor.proxy.refresh.RefreshTarget;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What content tasks refresh, and in which projects content is, as the site says. Answers are kept for
 * a while, failures for a moment; those who ask for the same at the same time share one call. Safe for
 * any thread.
 */
public final class SiteContents implements ContentLookup, ContentChanges {

    private static final int KEPT = 10_000;
    private static final Duration GOOD = Duration.ofMinutes(5);
    private static final Duration BAD = Duration.ofSeconds(10);
    private static final Pattern LUID =
            Pattern.compile("\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private final TableauCalls calls;
    private final Cache<RefreshTarget, Answer> known;

    /** Makes one that knows nothing yet. */
    public SiteContents(TableauCalls calls, Ticker ticker) {
        this.calls = calls;
        this.known =
                Caffeine.newBuilder()
                        .maximumSize(KEPT)
                        .ticker(ticker)
                        .expireAfter(
                                Expiry.writing(
                                        (RefreshTarget _, Answer answer) ->
                                                answer.content().isPresent() ? GOOD : BAD))
                        .build();
    }

    @Override
    public Optional<Answer> atHand(RefreshTarget target) {
        return Optional.ofNullable(known.getIfPresent(target));
    }

    @Override
    public Answer find(RefreshTarget target) {
        return known.get(target, this::ask);
    }

    /** Forgets content that has changed, and the tasks that lead to it. */
    @Override
    public void changed(String kind, String luid) {
        String id = luid.toLowerCase(Locale.ROOT);
        known.asMap()
                .entrySet()
                .removeIf(
                        each ->
                                each.getKey().id().equals(id)
                                        || each.getValue()
                                                .content()
                                                .filter(content -> concerns(content, id))
                                                .isPresent());
    }

    private static boolean concerns(Content content, String id) {
        return content.luid().equals(id) || content.project().filter(id::equals).isPresent();
    }

    private Answer ask(RefreshTarget target) {
        if (!LUID.matcher(target.id()).matches()) {
            return Answer.unknown("`" + target.id() + "` is no LUID");
        }
        try {
            return switch (target.kind()) {
                case DATASOURCE -> inProject(ContentKind.DATASOURCE, target.id());
                case WORKBOOK -> inProject(ContentKind.WORKBOOK, target.id());
                case FLOW -> inProject(ContentKind.FLOW, target.id());
                case EXTRACT_TASK ->
                        ofTask(
                                calls.get("tasks/extractRefreshes/" + target.id())
                                        .at("/task/extractRefresh"),
                                List.of(ContentKind.DATASOURCE, ContentKind.WORKBOOK));
                case FLOW_TASK ->
                        ofTask(
                                calls.get("tasks/runFlow/" + target.id()).at("/task/flowRun"),
                                List.of(ContentKind.FLOW));
                case LINKED_TASK -> Answer.unknown("a linked task runs several flows");
            };
        } catch (TableauCallException failure) {
            return Answer.unknown(failure.why());
        }
    }

    private Answer ofTask(JsonNode task, List<ContentKind> kinds) throws TableauCallException {
        for (ContentKind kind : kinds) {
            String id = task.path(kind.word()).path("id").asText("");
            if (LUID.matcher(id).matches()) {
                return inProject(kind, id);
            }
        }
        return Answer.unknown("the site does not say what the task refreshes");
    }

    private Answer inProject(ContentKind kind, String id) throws TableauCallException {
        JsonNode content = calls.get(kind.segment() + "/" + id).path(kind.word());
        String project = content.path("project").path("id").asText("");
        if (!LUID.matcher(project).matches()) {
            return Answer.unknown("the site does not say in which project it is");
        }
        return Answer.of(new Content(kind, id, Optional.of(project)));
    }
}
