package io.stagedoor.proxy.http;

import io.stagedoor.proxy.refusal.RefusedException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Reads a request target in one pass; a path of plain characters costs one table look-up each.
 *
 * <p>Only segments with an escape leave the fast path, to be decoded and looked at again.
 */
final class TargetParser {

    private static final int PLAIN = 1;
    private static final byte[] PATH = table("-._~!$&'()*+,=:@");

    private TargetParser() {}

    static CanonicalTarget parse(String raw) throws RefusedException {
        if (raw.isEmpty() || raw.charAt(0) != '/') {
            throw HeadRefusals.ambiguous(TargetRule.NOT_ORIGIN_FORM);
        }
        if (raw.length() > CanonicalTarget.MAX_LENGTH) {
            throw HeadRefusals.ambiguous(TargetRule.TOO_LONG);
        }
        List<String> segments = new ArrayList<>(8);
        int pathEnd = readPath(raw, segments);
        QueryParameters query =
                pathEnd == raw.length()
                        ? QueryParameters.NONE
                        : QueryParameters.parse(raw, pathEnd + 1);
        return new CanonicalTarget(raw, pathEnd, Collections.unmodifiableList(segments), query);
    }

    private static int readPath(String raw, List<String> segments) throws RefusedException {
        int length = raw.length();
        int start = 1;
        boolean escaped = false;
        int at = 1;
        for (; at < length; at++) {
            char c = raw.charAt(at);
            if (c < 128 && PATH[c] == PLAIN) {
                continue;
            }
            if (c == '/') {
                segments.add(segment(raw, start, at, escaped));
                start = at + 1;
                escaped = false;
            } else if (c == '%') {
                escaped = true;
            } else if (c == '?') {
                break;
            } else {
                throw HeadRefusals.ambiguous(ruleFor(c));
            }
        }
        if (at > 1) {
            segments.add(segment(raw, start, at, escaped));
        }
        if (segments.size() > CanonicalTarget.MAX_SEGMENTS) {
            throw HeadRefusals.ambiguous(TargetRule.TOO_MANY_SEGMENTS);
        }
        return at;
    }

    private static String segment(String raw, int start, int end, boolean escaped)
            throws RefusedException {
        if (start == end) {
            throw HeadRefusals.ambiguous(TargetRule.EMPTY_SEGMENT);
        }
        String segment = escaped ? decoded(raw, start, end) : raw.substring(start, end);
        if (segment.charAt(segment.length() - 1) == '.') {
            boolean dots = segment.equals(".") || segment.equals("..");
            throw HeadRefusals.ambiguous(dots ? TargetRule.DOT_SEGMENT : TargetRule.TRAILING_DOT);
        }
        return segment;
    }

    private static String decoded(String raw, int start, int end) throws RefusedException {
        String segment = PercentDecoder.decode(raw, start, end);
        boolean ascii = true;
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            refuseHidden(c);
            ascii &= c < 128;
        }
        if (isWhiteSpace(segment.charAt(0)) || isWhiteSpace(segment.charAt(segment.length() - 1))) {
            throw HeadRefusals.ambiguous(TargetRule.PADDED_SEGMENT);
        }
        if (!ascii) {
            refuseLookAlikes(segment);
        }
        return segment;
    }

    private static void refuseHidden(char c) throws RefusedException {
        switch (c) {
            case '/', '\\' -> throw HeadRefusals.ambiguous(TargetRule.ENCODED_SEPARATOR);
            case '?', '#' -> throw HeadRefusals.ambiguous(TargetRule.ENCODED_DELIMITER);
            case '%' -> throw HeadRefusals.ambiguous(TargetRule.DOUBLE_ENCODED);
            case ';' -> throw HeadRefusals.ambiguous(TargetRule.PARAMETER_SEPARATOR);
            default -> {
                if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                    throw HeadRefusals.ambiguous(TargetRule.CONTROL_CHARACTER);
                }
            }
        }
    }

    /** A full-width slash or dot becomes an ASCII one where a host folds to its code page. */
    private static void refuseLookAlikes(String segment) throws RefusedException {
        String folded = Normalizer.normalize(segment, Normalizer.Form.NFKC);
        if (folded.indexOf('/') >= 0 || folded.indexOf('\\') >= 0 || folded.indexOf('%') >= 0) {
            throw HeadRefusals.ambiguous(TargetRule.ENCODED_SEPARATOR);
        }
        if (folded.equals(".") || folded.equals("..")) {
            throw HeadRefusals.ambiguous(TargetRule.DOT_SEGMENT);
        }
    }

    private static boolean isWhiteSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /** Names the rule that a character breaks by standing raw in a path. */
    private static TargetRule ruleFor(char c) {
        return switch (c) {
            case '\\' -> TargetRule.BACKSLASH;
            case ';' -> TargetRule.PARAMETER_SEPARATOR;
            default -> commonRuleFor(c);
        };
    }

    /** Names the rule that a character breaks by standing raw anywhere in a target. */
    static TargetRule commonRuleFor(char c) {
        if (c == '#') {
            return TargetRule.FRAGMENT;
        }
        if (c == ' ') {
            return TargetRule.WHITE_SPACE;
        }
        if (c > 0x7e) {
            return c == 0x7f ? TargetRule.CONTROL_CHARACTER : TargetRule.NON_ASCII;
        }
        return c < ' ' ? TargetRule.CONTROL_CHARACTER : TargetRule.ILLEGAL_CHARACTER;
    }

    /** Makes a table of the characters that need no second look: letters, digits and these. */
    static byte[] table(String marks) {
        byte[] table = new byte[128];
        for (char c = '0'; c <= 'z'; c++) {
            if (Character.isLetterOrDigit(c)) {
                table[c] = PLAIN;
            }
        }
        for (int i = 0; i < marks.length(); i++) {
            table[marks.charAt(i)] = PLAIN;
        }
        return table;
    }
}
