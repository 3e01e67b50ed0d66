package io.stagedoor.proxy.refresh.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.stagedoor.proxy.refresh.Content;
import io.stagedoor.proxy.refresh.Finding;
import io.stagedoor.proxy.refresh.SourceFinder;
import io.stagedoor.proxy.refresh.WatchedCheck;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What content reads from, by the servers that its connections name: a server that belongs to a
 * configured workspace leads to the checks of that workspace. Safe for any thread.
 */
public final class FoundSources implements SourceFinder {

    private static final int KEPT = 10_000;
    private static final Duration GOOD = Duration.ofMinutes(5);
    private static final Duration BAD = Duration.ofSeconds(10);

    private final TableauCalls calls;
    private final Map<String, List<WatchedCheck>> byServer;
    private final Function<Finding, WatchedCheck> failing;
    private final Cache<Content, Found> known;

    private record Found(List<WatchedCheck> checks, boolean good) {}

    /**
     * Makes a finder.
     *
     * @param byServer the checks of each server that belongs to a configured workspace, by its name in
     *     lower case
     * @param failing makes the check that stands for connections which cannot be read
     */
    public FoundSources(
            TableauCalls calls,
            Map<String, List<WatchedCheck>> byServer,
            Function<Finding, WatchedCheck> failing,
            Ticker ticker) {
        this.calls = calls;
        this.byServer = Map.copyOf(byServer);
        this.failing = failing;
        this.known =
                Caffeine.newBuilder()
                        .maximumSize(KEPT)
                        .ticker(ticker)
                        .expireAfter(
                                Expiry.writing(
                                        (Content _, Found found) -> found.good() ? GOOD : BAD))
                        .build();
    }

    @Override
    public Optional<List<WatchedCheck>> atHand(Content content) {
        return Optional.ofNullable(known.getIfPresent(content)).map(Found::checks);
    }

    @Override
    public List<WatchedCheck> find(Content content) {
        return known.get(content, this::ask).checks();
    }

    private Found ask(Content content) {
        try {
            Set<WatchedCheck> checks = new LinkedHashSet<>();
            String path = content.kind().segment() + "/" + content.luid() + "/connections";
            for (JsonNode connection : calls.get(path).at("/connections/connection")) {
                String server = connection.path("serverAddress").asText("");
                checks.addAll(byServer.getOrDefault(server.toLowerCase(Locale.ROOT), List.of()));
            }
            return new Found(List.copyOf(checks), true);
        } catch (TableauCallException failure) {
            return new Found(List.of(failing.apply(Finding.unknown(failure.why()))), false);
        }
    }
}
