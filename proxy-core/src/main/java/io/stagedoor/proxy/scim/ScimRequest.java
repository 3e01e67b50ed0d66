package io.stagedoor.proxy.scim;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request as far as SCIM looks at it.
 *
 * @param method the method
 * @param path the path below the endpoint's base, beginning with a slash, as it was sent
 * @param query the query as it was sent; empty if there is none
 * @param authorization the {@code Authorization} field
 * @param body the whole body
 */
@SuppressWarnings("ArrayRecordComponent") // a body is read once and never compared
public record ScimRequest(
        String method, String path, String query, Optional<String> authorization, byte[] body) {

    /** Returns the segments of the path, decoded. */
    List<String> segments() throws ScimException {
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/", -1)) {
            if (!segment.isEmpty()) {
                segments.add(decoded(segment.replace("+", "%2B")));
            }
        }
        return segments;
    }

    /** Returns the parameters of the query; names without regard to case. */
    Map<String, String> parameters() throws ScimException {
        Map<String, String> parameters = new TreeMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        decoded(pair.substring(0, equals)).toLowerCase(Locale.ROOT),
                        decoded(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decoded(String text) throws ScimException {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw ScimException.invalid("invalidPath", "the address is not well encoded");
        }
    }
}
