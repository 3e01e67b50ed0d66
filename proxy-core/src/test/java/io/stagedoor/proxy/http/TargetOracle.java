package io.stagedoor.proxy.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A slow second reading of request targets, written from the rules with regular expressions and
 * whole-string operations, sharing no code with the parser.
 */
public final class TargetOracle {

    private static final Pattern PATH =
            Pattern.compile("/|(/([A-Za-z0-9\\-._~!$&'()*+,=:@]|%[0-9A-Fa-f]{2})+)+");
    private static final Pattern QUERY =
            Pattern.compile("([A-Za-z0-9\\-._~!$'()*+,:@/?=&\\[\\]{}|^`\\\\]|%[0-9A-Fa-f]{2})*");
    private static final Pattern PLAIN_ESCAPE =
            Pattern.compile("%(2[dDeE]|3[0-9]|4[1-9a-fA-F]|5[0-9aAfF]|6[1-9a-fA-F]|7[0-9aAeE])");

    private TargetOracle() {}

    /** Returns the decoded segments, or nothing if the target is to be refused. */
    public static Optional<List<String>> segments(String target) {
        if (target.length() > 16_384) {
            return Optional.empty();
        }
        String[] parts = target.split("\\?", 2);
        boolean legal =
                PATH.matcher(parts[0]).matches()
                        && (parts.length == 1 || QUERY.matcher(parts[1]).matches())
                        && (parts.length == 1 || queryIsClear(parts[1]));
        if (!legal) {
            return Optional.empty();
        }
        List<String> segments = new ArrayList<>();
        for (String raw : Arrays.stream(parts[0].split("/")).skip(1).toList()) {
            Optional<String> segment = decode(raw).filter(TargetOracle::isClear);
            if (segment.isEmpty()) {
                return Optional.empty();
            }
            segments.add(segment.get());
        }
        return segments.size() > 64 ? Optional.empty() : Optional.of(segments);
    }

    private static boolean isClear(String segment) {
        String folded = Normalizer.normalize(segment, Normalizer.Form.NFKC);
        return !segment.matches("(?s).*[/\\\\?#%;\\p{Cc}\u2028\u2029].*")
                && !folded.matches("(?s).*[/\\\\%].*")
                && !folded.matches("\\.{1,2}")
                && !segment.endsWith(".")
                && !segment.matches("(?s)[\\p{Z}\\s].*|.*[\\p{Z}\\s]");
    }

    private static boolean queryIsClear(String query) {
        Set<String> names = new HashSet<>();
        for (String pair : query.split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            String[] halves = pair.split("=", 2);
            Optional<String> name = decode(halves[0]);
            Optional<String> value = decode(halves.length == 2 ? halves[1] : "");
            boolean clear =
                    name.isPresent()
                            && value.isPresent()
                            && !value.get().contains("\0")
                            && (!halves[0].contains("%")
                                    || name.get().matches("[\\x20-\\x7e&&[^%&=;]]*"))
                            && !PLAIN_ESCAPE.matcher(halves[0]).find()
                            && names.add(name.get().toLowerCase(Locale.ROOT));
            if (!clear) {
                return false;
            }
        }
        return names.size() <= 100;
    }

    private static Optional<String> decode(String raw) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        int at = 0;
        while (at < raw.length()) {
            boolean escape = raw.charAt(at) == '%';
            octets.write(
                    escape ? Integer.parseInt(raw.substring(at + 1, at + 3), 16) : raw.charAt(at));
            at += escape ? 3 : 1;
        }
        String text = octets.toString(StandardCharsets.UTF_8);
        boolean strict = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), octets.toByteArray());
        return strict ? Optional.of(text) : Optional.empty();
    }
}
