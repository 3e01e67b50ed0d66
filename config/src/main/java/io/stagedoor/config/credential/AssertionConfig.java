package io.stagedoor.config.credential;

import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.kind.NetKinds;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import io.stagedoor.config.value.SecretRef;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * The signed statement that tells upstreams who is really calling.
 *
 * @param issuer whom it names as its issuer
 * @param audience whom it is for, or nothing for each upstream's own address
 * @param lifetime how long it is valid
 * @param key where the private key is that signs it, or nothing for one made at each start
 * @param nextKey where the key is that will sign it next, whose public part is published already
 */
public record AssertionConfig(
        URI issuer,
        Optional<String> audience,
        Duration lifetime,
        Optional<SecretRef> key,
        Optional<SecretRef> nextKey) {

    /** Reads the section {@code assertion}. */
    public static Optional<AssertionConfig> read(Section in) {
        Setting<URI> issuer =
                in.required("issuer", NetKinds.httpsUri("https://synapse.proxy.example"));
        Setting<Optional<String>> audience = in.optional("audience", NetKinds.audience());
        Setting<Duration> lifetime =
                in.optional(
                        "lifetime",
                        Kinds.duration(Duration.ofSeconds(10), Duration.ofMinutes(10)),
                        Duration.ofMinutes(1));
        Setting<Optional<SecretRef>> key = in.optional("key", in.reading().files().secret());
        Setting<Optional<SecretRef>> next =
                in.check(
                        "next_key",
                        in.optional("next_key", in.reading().files().secret()),
                        ref -> !key.isGood() || key.value().isPresent() || ref.isEmpty(),
                        "there is no key that it could follow",
                        "name the present one: `key: file:assertion.key`");
        return in.build(
                () ->
                        new AssertionConfig(
                                issuer.value(),
                                audience.value(),
                                lifetime.value(),
                                key.value(),
                                next.value()));
    }
}
