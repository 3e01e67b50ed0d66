package io.stagedoor.proxy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.stagedoor.config.ConfigLoader;
import io.stagedoor.config.LoadResult;
import io.stagedoor.config.StagedoorConfig;
import io.stagedoor.config.text.ConfigProblem;
import io.stagedoor.proxy.admin.ComponentHealth;
import io.stagedoor.proxy.audit.record.AuditEvent;
import io.stagedoor.proxy.reload.FileDigest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up what the configuration's files say: as a whole, or not at all.
 *
 * <p>The files are loaded and checked by the same loader as at the start; what is wrong with them is
 * logged, counted and shown in the health report, and the configuration in use stays. Blocks on the
 * disk and, for workspaces that changed, on the network; one reload at a time, from any thread but an
 * event loop.
 */
final class Reloading {

    private static final Logger LOG = LoggerFactory.getLogger(Reloading.class);

    /** How long workspaces that changed may take to be read before they are served unread. */
    private static final Duration LEARNING = Duration.ofSeconds(10);

    /** What became of a look at the files. */
    enum Result {
        /** They are in use from now on. */
        APPLIED,
        /** They say what is in use already. */
        UNCHANGED,
        /** They were refused. */
        REFUSED
    }

    private final Path file;
    private final Foundation foundation;
    private final Serving serving;
    private final Optional<ListenerCertificates> certificates;
    private FileDigest seen;
    private volatile ReloadState state;

    Reloading(
            Path file,
            Foundation foundation,
            Serving serving,
            Optional<ListenerCertificates> certificates) {
        this.file = file;
        this.foundation = foundation;
        this.serving = serving;
        this.certificates = certificates;
        this.seen = digest();
        this.state = ReloadState.loaded(foundation.clock.instant());
        Gauge.builder(
                        "stagedoor.config.loaded",
                        this,
                        reloading -> reloading.state.loadedAt().getEpochSecond())
                .description("when the configuration in use was taken up, in seconds since 1970")
                .baseUnit("seconds")
                .register(foundation.metrics);
        for (Result result : Result.values()) {
            counter(result);
        }
    }

    /** Returns what the files hold now. Blocks on the disk. */
    FileDigest digest() {
        return FileDigest.of(WatchedFiles.of(file, serving.current().config()));
    }

    /** Returns whether the files hold something that was not looked at yet. */
    boolean isDue(FileDigest now) {
        return !now.equals(seen);
    }

    ComponentHealth health() {
        return state.health();
    }

    /** Loads the files and takes up what they say, if all of it is right. */
    synchronized Result reload() {
        seen = digest();
        Result result =
                switch (ConfigLoader.load(file)) {
                    case LoadResult.Ok(StagedoorConfig wanted, List<ConfigProblem> warnings) ->
                            take(wanted, warnings);
                    case LoadResult.Bad bad -> refused(lines(bad.problems()));
                };
        counter(result).increment();
        return result;
    }

    private Result take(StagedoorConfig wanted, List<ConfigProblem> warnings) {
        StagedoorConfig running = serving.current().config();
        List<String> fixed = RestartKeys.changed(running, wanted);
        if (!fixed.isEmpty()) {
            return refused(
                    List.of(
                            file
                                    + ": a change of `"
                                    + String.join("`, `", fixed)
                                    + "` needs a restart; nothing of this file was taken up"));
        }
        lines(warnings).forEach(warning -> LOG.atWarn().log("configuration: {}", warning));
        try {
            return take(running, wanted);
        } catch (IOException e) {
            return refused(List.of(file + ": " + e.getMessage()));
        }
    }

    private Result take(StagedoorConfig running, StagedoorConfig wanted) throws IOException {
        Generation before = serving.current();
        Generation next = new Wiring(wanted, foundation, before.parts().next()).generation();
        boolean same = next.parts().made() == 0 && wanted.equals(running);
        if (same) {
            next.close();
            state = ReloadState.loaded(state.loadedAt());
            return Result.UNCHANGED;
        }
        try {
            configure(wanted);
        } catch (IOException e) {
            next.close();
            throw e;
        }
        serve(next);
        report(ChangeSummary.of(running, wanted), next);
        return Result.APPLIED;
    }

    private void configure(StagedoorConfig wanted) throws IOException {
        if (certificates.isPresent() && wanted.listener().tls().isPresent()) {
            certificates.get().configure(wanted.listener().tls().get());
        }
    }

    private void serve(Generation next) {
        next.begin();
        if (!next.awaitKnowledge(LEARNING)) {
            LOG.atWarn()
                    .log("not all was learned of what changed; it is served as it becomes known");
        }
        foundation.runStarts.keep(next.config().limits().duplicateWindow());
        serving.replaceBy(next);
        seen = digest();
        state = ReloadState.loaded(foundation.clock.instant());
    }

    private void report(List<String> changes, Generation next) {
        String changed = String.join(", ", changes);
        LOG.atInfo()
                .addKeyValue("changed", changed)
                .addKeyValue("made", next.parts().made())
                .addKeyValue("kept", next.parts().size() - next.parts().made())
                .log("the configuration was taken up");
        Path name = file.getFileName();
        foundation.trail.appendWithinWindow(
                new AuditEvent.Admin(
                        "stagedoor",
                        "config.reload",
                        name == null ? "configuration" : name.toString(),
                        Map.of("changed", changed)));
    }

    private Result refused(List<String> complaints) {
        complaints.forEach(
                complaint ->
                        LOG.atError()
                                .addKeyValue("complaint", complaint)
                                .log("the changed configuration is refused; the old one stays"));
        state = state.refused(foundation.clock.instant(), complaints);
        return Result.REFUSED;
    }

    private static List<String> lines(List<ConfigProblem> problems) {
        List<String> lines = new ArrayList<>();
        problems.forEach(problem -> lines.add(problem.toString().replace("\n  help:", "; help:")));
        return lines;
    }

    private Counter counter(Result result) {
        return Counter.builder("stagedoor.config.reload")
                .description("looks at changed configuration files, by what became of them")
                .tag("result", result.name().toLowerCase(Locale.ROOT))
                .register(foundation.metrics);
    }
}
