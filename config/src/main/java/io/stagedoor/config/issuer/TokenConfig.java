package io.stagedoor.config.issuer;

import io.stagedoor.config.kind.Kind;
import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.kind.Parsed;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import io.stagedoor.config.text.Quoted;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an issuer's tokens must be like. Its keys stand in the issuer's own section.
 *
 * @param audiences what the {@code aud} claim may be, character by character, at least one
 * @param algorithms the signature algorithms accepted (RFC 7518 names), at least one
 * @param clockSkew how far the issuer's clock may be from ours, at most 10 minutes
 * @param maxAge how old a token may be by its {@code iat} claim, whatever its expiry says
 * @param accessTokenTypeRequired whether the {@code typ} of a token must be {@code at+jwt} (RFC
 *     9068); Entra's is not
 * @param binding whether they may be bound to their sender
 */
public record TokenConfig(
        Set<String> audiences,
        Set<String> algorithms,
        Duration clockSkew,
        Optional<Duration> maxAge,
        boolean accessTokenTypeRequired,
        TokenBinding binding) {

    private static final List<String> ALGORITHMS = List.of("RS256", "PS256", "ES256");

    /** Copies the sets, keeping their order. */
    public TokenConfig {
        audiences = Collections.unmodifiableSet(new LinkedHashSet<>(audiences));
        algorithms = Collections.unmodifiableSet(new LinkedHashSet<>(algorithms));
    }

    /** Reads its keys of the section {@code issuers[]}, which has others too. */
    static Setting<TokenConfig> read(Section in, Setting<Set<String>> audiences) {
        Setting<Set<String>> algorithms =
                in.optionalSet("algorithms", algorithm(), List.of("RS256"));
        Setting<Duration> skew =
                in.optional(
                        "clock_skew",
                        Kinds.duration(Duration.ZERO, Duration.ofMinutes(10)),
                        Duration.ofMinutes(1));
        Setting<Optional<Duration>> maxAge =
                in.optional(
                        "max_token_age",
                        Kinds.duration(Duration.ofMinutes(1), Duration.ofDays(30)));
        Setting<Boolean> type = in.optional("access_token_type_required", Kinds.flag(), false);
        Setting<TokenBinding> binding =
                in.optional(
                        "token_binding", Kinds.choice(TokenBinding.class), TokenBinding.REFUSED);
        return in.combine(
                () ->
                        new TokenConfig(
                                audiences.value(),
                                algorithms.value(),
                                skew.value(),
                                maxAge.value(),
                                type.value(),
                                binding.value()),
                List.of(audiences, algorithms, skew, maxAge, type, binding));
    }

    private static Kind<String> algorithm() {
        String expected = "one of " + Quoted.list(ALGORITHMS);
        return Kind.of(
                expected,
                "RS256",
                text ->
                        ALGORITHMS.contains(text)
                                ? Parsed.value(text)
                                : Parsed.wrong(
                                        Quoted.of(text) + " is not " + expected,
                                        "tokens are verified with an issuer's public keys, by"
                                                + " these algorithms only"));
    }
}
