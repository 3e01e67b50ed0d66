package io.stagedoor.proxy.body;

import io.stagedoor.proxy.refusal.RefusedException;

/** Rewrites the targets in a Link field, {@code <URI>; rel="next", ...} (RFC 8288 section 3). */
final class LinkField {

    private LinkField() {}

    static String rewrite(String value, LinkRewriter links) throws RefusedException {
        StringBuilder rewritten = new StringBuilder();
        int at = 0;
        while (at < value.length()) {
            int open = skipSeparators(value, at);
            if (open == value.length()) {
                rewritten.append(value, at, open);
                break;
            }
            int close = value.indexOf('>', open);
            if (value.charAt(open) != '<' || close < 0) {
                throw LinkRewriter.foreign();
            }
            int end = endOfParameters(value, close + 1);
            rewritten
                    .append(value, at, open + 1)
                    .append(links.rewrite(value.substring(open + 1, close)))
                    .append(value, close, end);
            at = end;
        }
        return rewritten.toString();
    }

    private static int skipSeparators(String value, int from) {
        int at = from;
        while (at < value.length() && ", \t".indexOf(value.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    /** Finds the comma that ends a link, outside quoted strings. */
    private static int endOfParameters(String value, int from) {
        boolean quoted = false;
        for (int at = from; at < value.length(); at++) {
            char c = value.charAt(at);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '\\' && quoted) {
                at++;
            } else if (c == ',' && !quoted) {
                return at;
            }
        }
        return value.length();
    }
}
