package io.stagedoor.config.issuer;

import io.stagedoor.config.kind.Kind;
import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What an issuer's tokens must be like. Its keys stand in the issuer's own section.
 *
 * @param audiences what the {@code aud} claim may be, character by character, at least one
 * @param algorithms the signature algorithms accepted (RFC 7518 names), at least one
 * @param clockSkew how far the issuer's clock may be from ours, at most 10 minutes
 * @param maxAge how old a token may be by its {@code iat} claim, whatever its expiry says
 * @param accessTokenTypeRequired whether the {@code typ} of a token must be {@code at+jwt} (RFC
 *     9068); Entra's is not
 */
public record TokenConfig(
        Set<String> audiences,
        Set<String> algorithms,
        Duration clockSkew,
        Optional<Duration> maxAge,
        boolean accessTokenTypeRequired) {

    private static final Pattern AUDIENCE = Pattern.compile("[!-~]{1,512}");
    private static final List<String> ALGORITHMS = List.of("RS256", "PS256", "ES256");

    /** Copies the sets. */
    public TokenConfig {
        audiences = Set.copyOf(audiences);
        algorithms = Set.copyOf(algorithms);
    }

    /** Returns the kind of an audience. */
    public static Kind<String> audience() {
        return Kinds.text("an audience", "https://dev.azuresynapse.net", AUDIENCE);
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
        return in.combine(
                () ->
                        new TokenConfig(
                                audiences.value(),
                                algorithms.value(),
                                skew.value(),
                                maxAge.value(),
                                type.value()),
                List.of(audiences, algorithms, skew, maxAge, type));
    }

    private static Kind<String> algorithm() {
        Map<String, String> words = new LinkedHashMap<>();
        ALGORITHMS.forEach(algorithm -> words.put(algorithm, algorithm));
        return Kinds.choice(words, Function.identity());
    }
}
