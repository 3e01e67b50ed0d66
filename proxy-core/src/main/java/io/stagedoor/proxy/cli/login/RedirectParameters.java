package io.stagedoor.proxy.cli.login;

import io.stagedoor.proxy.cli.oauth.IssuerMetadata;
import io.stagedoor.proxy.cli.oauth.IssuerRefusedException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the browser brings back in its query (RFC 6749, sections 4.1.2 and 4.1.2.1).
 *
 * @param values by name, in order
 */
record RedirectParameters(Map<String, List<String>> values) {

    /** Reads a raw query; broken escapes make the parameter unknown. */
    static RedirectParameters parse(String rawQuery) {
        Map<String, List<String>> values = new HashMap<>();
        for (String pair : rawQuery.split("&")) {
            String[] parts = pair.split("=", 2);
            decoded(parts.length == 2 ? parts[1] : "")
                    .ifPresent(
                            value ->
                                    values.computeIfAbsent(parts[0], _ -> new ArrayList<>())
                                            .add(value));
        }
        return new RedirectParameters(values);
    }

    private static Optional<String> decoded(String text) {
        try {
            return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Tells whether the query repeats the state, and says nothing twice. */
    boolean isAnswerTo(String state) {
        boolean plain = values.values().stream().allMatch(each -> each.size() == 1);
        return plain
                && one("state")
                        .filter(
                                given ->
                                        MessageDigest.isEqual(
                                                given.getBytes(StandardCharsets.UTF_8),
                                                state.getBytes(StandardCharsets.UTF_8)))
                        .isPresent();
    }

    /**
     * Gives the authorization code.
     *
     * @throws IssuerRefusedException if the issuer sent an error instead
     * @throws LoginFailedException if another issuer speaks (RFC 9207, section 2.4), or none clearly
     */
    String code(IssuerMetadata issuer) throws IssuerRefusedException, LoginFailedException {
        Optional<String> speaker = one("iss");
        boolean other = speaker.filter(stated -> !stated.equals(issuer.issuer())).isPresent();
        if (other || (issuer.namesItselfInRedirects() && speaker.isEmpty())) {
            throw new LoginFailedException(
                    "the browser came back from another issuer than it was sent to: log in again");
        }
        Optional<String> error = one("error");
        if (error.isPresent()) {
            throw new IssuerRefusedException(error.get(), one("error_description").orElse(""));
        }
        return one("code")
                .filter(code -> !code.isEmpty())
                .orElseThrow(
                        () -> new LoginFailedException("the browser came back without a code"));
    }

    private Optional<String> one(String name) {
        return values.getOrDefault(name, List.of()).stream().findFirst();
    }
}
