package io.stagedoor.proxy.body;

import io.stagedoor.proxy.refusal.RefusedException;

/** Rewrites the targets in a Link field, {@code <URI>; rel="next", ...} (RFC 8288 section 3). */
final class LinkField {

    private static final String FIELD = "link";

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
                throw links.foreign(FIELD);
            }
            int end = endOfParameters(value, close + 1);
            refuseHiddenTarget(value.substring(close + 1, end), links);
            rewritten
                    .append(value, at, open + 1)
                    .append(links.rewrite(FIELD, value.substring(open + 1, close)))
                    .append(value, close, end);
            at = end;
        }
        return rewritten.toString();
    }

    /** Some readers split at a comma and an opening bracket even inside a quoted string. */
    private static void refuseHiddenTarget(String parameters, LinkRewriter links)
            throws RefusedException {
        if (parameters.indexOf('<') >= 0) {
            throw links.foreign(FIELD);
        }
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
        int at = from;
        while (at < value.length() && (quoted || value.charAt(at) != ',')) {
            char c = value.charAt(at);
            quoted ^= c == '"';
            at += c == '\\' && quoted ? 2 : 1;
        }
        return Math.min(at, value.length());
    }
}
