package io.stagedoor.proxy.cli.demo.loopback;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One request as a loopback server received it.
 *
 * @param method as sent
 * @param target the raw request target: path and query, nothing decoded
 * @param fields values by name, found in any case; the values of a name in order of arrival
 * @param body its bytes, counted, hashed and kept up to a bound
 */
public record SeenRequest(
        String method, String target, Map<String, List<String>> fields, SeenBody body) {

    public SeenRequest {
        Map<String, List<String>> folded = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        fields.forEach((name, values) -> folded.put(name, List.copyOf(values)));
        fields = Collections.unmodifiableMap(folded);
    }

    /** Gives the first value of a field, whatever the case of its name. */
    public Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name)).flatMap(values -> values.stream().findFirst());
    }

    /** Gives the raw path, without the query. */
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** Gives the raw query, without its question mark; empty when there is none. */
    public String query() {
        int query = target.indexOf('?');
        return query < 0 ? "" : target.substring(query + 1);
    }

    /** Gives the path's segments, each percent-decoded once; a leading slash starts the first. */
    public List<String> segments() {
        return Arrays.stream(path().substring(1).split("/", -1))
                .map(segment -> decode(segment.replace("+", "%2B")))
                .toList();
    }

    /** Gives the first value of a query parameter, decoded as a form field. */
    public Optional<String> parameter(String name) {
        return Arrays.stream(query().split("&"))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> decode(pair[0]).equals(name))
                .map(pair -> pair.length == 2 ? decode(pair[1]) : "")
                .findFirst();
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
