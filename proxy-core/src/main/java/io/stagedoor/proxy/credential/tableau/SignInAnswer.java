package io.stagedoor.proxy.credential.tableau;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagedoor.proxy.credential.tableau.SignInException.Cause;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what Tableau answers to a sign-in.
 *
 * <p>What is not exactly in the documented form is not believed. A refusal bears a general code
 * ({@code 401001}) and, at the end of its detail and in parentheses, the number that tells the causes
 * apart; messages quote the numbers alone.
 */
final class SignInAnswer {

    private static final ObjectMapper JSON =
            new ObjectMapper(
                            JsonFactory.builder()
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final Pattern TOKEN = Pattern.compile("[!-~]{8,4096}");
    private static final Pattern LUID =
            Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern LIFE = Pattern.compile("([0-9]{1,5}):([0-5][0-9]):([0-5][0-9])");
    private static final Pattern CODE = Pattern.compile("[0-9]{6}");
    private static final Pattern DETAIL = Pattern.compile("\\(([0-9]{1,5})\\)");

    private static final int USER_NOT_FOUND = 5;
    private static final int LOGIN_FAILED = 16;

    private SignInAnswer() {}

    /** Makes a session of the answer, or says why there is none. */
    static SiteSession read(int status, byte[] body) throws SignInException {
        return switch (status) {
            case 200, 201 -> session(body);
            case 400, 401, 403 -> throw refusal(status, body);
            case 404 ->
                    throw new SignInException(
                            Cause.UNUSABLE,
                            "tableau has no sign-in there (404): check address and api version");
            case 429 -> throw new SignInException(Cause.UNREACHABLE, "tableau is busy (429)");
            default -> throw unexpected(status);
        };
    }

    private static SignInException unexpected(int status) {
        if (status >= 500) {
            return new SignInException(Cause.UNREACHABLE, "tableau answered status " + status);
        }
        if (status >= 300 && status < 400) {
            return new SignInException(
                    Cause.UNUSABLE,
                    "tableau leads elsewhere (" + status + "): configure its final address");
        }
        return new SignInException(Cause.UNUSABLE, "tableau answered status " + status);
    }

    private static SiteSession session(byte[] body) throws SignInException {
        JsonNode credentials = tree(body).path("credentials");
        return new SiteSession(
                text(credentials.path("token"), TOKEN, "token"),
                text(credentials.at("/site/id"), LUID, "site id"),
                contentUrl(credentials.at("/site/contentUrl")),
                text(credentials.at("/user/id"), LUID, "user id"),
                life(credentials.path("estimatedTimeToExpiration").asText("")));
    }

    private static JsonNode tree(byte[] body) throws SignInException {
        try {
            return JSON.readTree(body);
        } catch (IOException _) {
            throw unusable("no well-formed JSON");
        }
    }

    private static String text(JsonNode node, Pattern form, String what) throws SignInException {
        if (!node.isTextual() || !form.matcher(node.asText()).matches()) {
            throw unusable("no usable " + what);
        }
        return node.asText();
    }

    private static String contentUrl(JsonNode node) throws SignInException {
        if (!node.isTextual()) {
            throw unusable("no content url");
        }
        return node.asText();
    }

    private static SignInException unusable(String what) {
        return new SignInException(Cause.UNUSABLE, "tableau's answer to a sign-in has " + what);
    }

    /** Reads hours, minutes and seconds; Tableau counts no days. */
    private static Optional<Duration> life(String text) {
        Matcher parts = LIFE.matcher(text);
        return parts.matches()
                ? Optional.of(
                        Duration.ofHours(Long.parseLong(parts.group(1)))
                                .plusMinutes(Long.parseLong(parts.group(2)))
                                .plusSeconds(Long.parseLong(parts.group(3))))
                : Optional.empty();
    }

    private static SignInException refusal(int status, byte[] body) {
        JsonNode error = errorIn(body);
        String code = error.path("code").asText("");
        Optional<Integer> number = number(error.path("detail").asText(""));
        String said =
                (CODE.matcher(code).matches() ? code : "status " + status)
                        + number.map(it -> ", error " + it).orElse("");
        return new SignInException(
                causeOf(status, number), "tableau refused the sign-in (" + said + ")");
    }

    private static JsonNode errorIn(byte[] body) {
        try {
            return tree(body).path("error");
        } catch (SignInException _) {
            return JSON.missingNode();
        }
    }

    private static Optional<Integer> number(String detail) {
        Matcher found = DETAIL.matcher(detail);
        Optional<Integer> last = Optional.empty();
        while (found.find()) {
            last = Optional.of(Integer.valueOf(found.group(1)));
        }
        return last;
    }

    private static Cause causeOf(int status, Optional<Integer> number) {
        boolean user =
                status == 403
                        || number.filter(it -> it == USER_NOT_FOUND || it == LOGIN_FAILED)
                                .isPresent();
        if (user) {
            return Cause.USER;
        }
        return status == 401 ? Cause.PROOF : Cause.UNUSABLE;
    }
}
