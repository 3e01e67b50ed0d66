package io.stagedoor.proxy.testing.tableau;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The sessions that are open at a site, and how many ever were. Safe for any thread. */
final class FakeSessions {

    private final Map<String, TableauCaller> open = new ConcurrentHashMap<>();
    private final Map<String, String> byAccessToken = new HashMap<>();
    private final Map<String, AtomicInteger> opened = new ConcurrentHashMap<>();
    private final AtomicInteger signedOut = new AtomicInteger();

    String open(TableauCaller caller) {
        String token = UUID.randomUUID() + "|" + UUID.randomUUID() + "|" + FakeTableau.SITE_ID;
        open.put(token, caller);
        opened.computeIfAbsent(caller.name(), _ -> new AtomicInteger()).incrementAndGet();
        return token;
    }

    /** A second sign-in with the same access token ends the session of the first. */
    synchronized String openAlone(String accessToken, TableauCaller caller) {
        String token = open(caller);
        String former = byAccessToken.put(accessToken, token);
        if (former != null) {
            open.remove(former);
        }
        return token;
    }

    Optional<TableauCaller> find(Optional<String> token) {
        return token.map(open::get);
    }

    boolean close(Optional<String> token) {
        boolean was = token.map(open::remove).isPresent();
        if (was) {
            signedOut.incrementAndGet();
        }
        return was;
    }

    void closeAll() {
        open.clear();
    }

    List<TableauCaller> all() {
        return List.copyOf(open.values());
    }

    int opened() {
        return opened.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    int opened(String user) {
        AtomicInteger count = opened.get(user);
        return count == null ? 0 : count.get();
    }

    int signedOut() {
        return signedOut.get();
    }
}
