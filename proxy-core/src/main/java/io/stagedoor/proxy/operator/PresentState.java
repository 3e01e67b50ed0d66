package io.stagedoor.proxy.operator;

import io.stagedoor.proxy.admin.resource.ProxyState;
import io.stagedoor.proxy.authn.keys.KeySetStatus;
import io.stagedoor.proxy.credential.CredentialHealth;
import io.stagedoor.proxy.directory.DirectoryHealth;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Supplier;

/** Asks the parts what they know. Safe for any thread; waits for nothing. */
public final class PresentState implements Supplier<ProxyState> {

    private final String version;
    private final Supplier<Served> served;
    private final InstantSource clock;

    /** Asks what is served at each time. */
    public PresentState(String version, Supplier<Served> served, InstantSource clock) {
        this.version = version;
        this.served = served;
        this.clock = clock;
    }

    @Override
    public ProxyState get() {
        Served now = served.get();
        Instant time = clock.instant();
        return new ProxyState(
                version,
                time,
                new ProxyState.Configuration(now.generation(), now.since()),
                now.authenticator().keySets().stream().map(keys -> issuer(keys, time)).toList(),
                now.directory().health().stream().map(PresentState::workspace).toList(),
                now.credentials().health().stream().map(PresentState::credential).toList());
    }

    private static ProxyState.Issuer issuer(KeySetStatus keys, Instant time) {
        return new ProxyState.Issuer(
                keys.issuerName(),
                keys.usable(),
                keys.keys(),
                keys.ignored().values().stream().mapToInt(Integer::intValue).sum(),
                keys.loadedAt().map(loaded -> Duration.between(loaded, time)),
                keys.lastError());
    }

    private static ProxyState.Workspace workspace(DirectoryHealth health) {
        return new ProxyState.Workspace(
                health.workspace(),
                health.freshness().name().toLowerCase(Locale.ROOT),
                health.snapshot().map(DirectoryHealth.Content::id),
                health.snapshot().map(DirectoryHealth.Content::assignments).orElse(0),
                health.age(),
                health.failures(),
                health.lastFailure());
    }

    private static ProxyState.Credential credential(CredentialHealth health) {
        return new ProxyState.Credential(
                health.upstream(),
                health.kind(),
                health.usableUntil(),
                health.failures(),
                health.lastFailure());
    }
}
