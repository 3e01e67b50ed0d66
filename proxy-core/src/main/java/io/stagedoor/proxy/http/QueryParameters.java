package io.stagedoor.proxy.http;

import io.stagedoor.proxy.refusal.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The decoded parameters of one query, each name at most once in any spelling. */
final class QueryParameters {

    static final QueryParameters NONE = new QueryParameters(List.of());

    /** The marks that stand raw in queries of real clients; WHATWG URL leaves the last ones. */
    private static final byte[] QUERY = TargetParser.table("-._~!$'()*+,:@/?=%[]{}|^`\\");

    private record Parameter(String name, String value) {}

    private final List<Parameter> parameters;

    private QueryParameters(List<Parameter> parameters) {
        this.parameters = parameters;
    }

    static QueryParameters parse(String raw, int from) throws RefusedException {
        List<Parameter> parameters = new ArrayList<>(4);
        int start = from;
        int equals = -1;
        boolean escaped = false;
        for (int at = from; at <= raw.length(); at++) {
            char c = at == raw.length() ? '&' : raw.charAt(at);
            if (c == '&') {
                add(parameters, raw, start, equals, at, escaped);
                start = at + 1;
                equals = -1;
                escaped = false;
            } else if (c == '=' && equals < 0) {
                equals = at;
            } else if (c == '%') {
                escaped = true;
            } else if (c > 127 || QUERY[c] == 0) {
                throw HeadRefusals.ambiguous(
                        c == ';' ? TargetRule.PARAMETER_SEPARATOR : TargetParser.commonRuleFor(c));
            }
        }
        return new QueryParameters(parameters);
    }

    private static void add(
            List<Parameter> parameters, String raw, int start, int equals, int end, boolean escaped)
            throws RefusedException {
        if (start == end) {
            return;
        }
        int nameEnd = equals < 0 ? end : equals;
        int valueStart = equals < 0 ? end : equals + 1;
        String name = raw.substring(start, nameEnd);
        String value = raw.substring(valueStart, end);
        if (escaped) {
            name = decodedName(name);
            value = PercentDecoder.decode(value, 0, value.length());
            refuseNul(value);
        }
        refuseRepeated(parameters, name);
        parameters.add(new Parameter(name, value));
        if (parameters.size() > CanonicalTarget.MAX_PARAMETERS) {
            throw HeadRefusals.ambiguous(TargetRule.TOO_MANY_PARAMETERS);
        }
    }

    private static String decodedName(String name) throws RefusedException {
        if (name.indexOf('%') < 0) {
            return name;
        }
        String decoded = PercentDecoder.decode(name, 0, name.length());
        for (int i = 0; i < decoded.length(); i++) {
            char c = decoded.charAt(i);
            if (Character.isISOControl(c)) {
                throw HeadRefusals.ambiguous(TargetRule.CONTROL_CHARACTER);
            }
            if (c > 127 || c == '%' || c == '&' || c == '=' || c == ';') {
                throw HeadRefusals.ambiguous(TargetRule.DISGUISED_PARAMETER);
            }
        }
        refuseDisguise(name);
        return decoded;
    }

    /** An escape of a letter, digit or unreserved mark has no purpose but to hide the name. */
    private static void refuseDisguise(String name) throws RefusedException {
        for (int at = name.indexOf('%'); at >= 0; at = name.indexOf('%', at + 3)) {
            char c = (char) Integer.parseInt(name, at + 1, at + 3, 16);
            if (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0) {
                throw HeadRefusals.ambiguous(TargetRule.DISGUISED_PARAMETER);
            }
        }
    }

    private static void refuseNul(String value) throws RefusedException {
        if (value.indexOf('\0') >= 0) {
            throw HeadRefusals.ambiguous(TargetRule.CONTROL_CHARACTER);
        }
    }

    private static void refuseRepeated(List<Parameter> parameters, String name)
            throws RefusedException {
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).name().equalsIgnoreCase(name)) {
                throw HeadRefusals.ambiguous(TargetRule.REPEATED_PARAMETER);
            }
        }
    }

    Optional<String> value(String name) {
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).name().equalsIgnoreCase(name)) {
                return Optional.of(parameters.get(i).value());
            }
        }
        return Optional.empty();
    }
}
