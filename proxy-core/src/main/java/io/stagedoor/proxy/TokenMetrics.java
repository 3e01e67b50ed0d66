package io.stagedoor.proxy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.stagedoor.proxy.authn.AuthenticationListener;
import io.stagedoor.proxy.authn.keys.KeySetStatus;
import io.stagedoor.proxy.refusal.Code;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts tokens as {@code stagedoor_tokens_total}: by how they were accepted and whose they are, and
 * as {@code stagedoor_tokens_refused_total} by the code of the refusal; and the fetches of key sets as
 * {@code stagedoor_keys_fetches_total}. Safe for use by any thread.
 */
final class TokenMetrics implements AuthenticationListener {

    private final MeterRegistry registry;
    private final Map<String, Counter> remembered = new ConcurrentHashMap<>();
    private final Map<String, Counter> verified = new ConcurrentHashMap<>();
    private final Map<Code, Counter> refused = new ConcurrentHashMap<>();
    private final Map<String, Counter> ignored = new ConcurrentHashMap<>();

    TokenMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void onRemembered(String issuerName) {
        remembered.computeIfAbsent(issuerName, name -> accepted(name, "remembered")).increment();
    }

    @Override
    public void onVerified(String issuerName) {
        verified.computeIfAbsent(issuerName, name -> accepted(name, "verified")).increment();
    }

    @Override
    public void onRefused(Code code) {
        refused.computeIfAbsent(code, this::refusedFor).increment();
    }

    @Override
    public void onKeySetLoaded(KeySetStatus status) {
        fetched(status, "loaded");
    }

    @Override
    public void onKeySetFailed(KeySetStatus status) {
        fetched(status, "failed");
    }

    private void fetched(KeySetStatus status, String outcome) {
        Counter.builder("stagedoor.keys.fetches")
                .description("fetches of an issuer's key set, by how they ended")
                .tag("issuer", status.issuerName())
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }

    @Override
    public void onGroupsIgnored(String issuerName, int groups) {
        ignored.computeIfAbsent(issuerName, this::ignoredOf).increment(groups);
    }

    private Counter ignoredOf(String issuer) {
        return Counter.builder("stagedoor.tokens.groups.ignored")
                .description("groups that tokens name by a blank text, which is nobody's name")
                .tag("issuer", issuer)
                .register(registry);
    }

    private Counter accepted(String issuer, String by) {
        return Counter.builder("stagedoor.tokens")
                .description("tokens accepted: remembered from before, or verified anew")
                .tag("issuer", issuer)
                .tag("by", by)
                .register(registry);
    }

    private Counter refusedFor(Code code) {
        return Counter.builder("stagedoor.tokens.refused")
                .description("tokens refused")
                .tag("code", code.text())
                .register(registry);
    }
}
