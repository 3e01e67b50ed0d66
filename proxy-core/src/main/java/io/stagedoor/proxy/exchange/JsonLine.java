package io.stagedoor.proxy.exchange;

import java.util.HexFormat;

/** Writes one JSON object on one line (RFC 8259), member by member; for one thread. */
final class JsonLine {
    private static final HexFormat HEX = HexFormat.of();

    private final StringBuilder out;
    private boolean first = true;

    private JsonLine(StringBuilder out) {
        this.out = out;
    }

    /** Begins a line at the end of a text. */
    static JsonLine in(StringBuilder out) {
        out.append('{');
        return new JsonLine(out);
    }

    JsonLine text(String name, String value) {
        name(name);
        out.append('"');
        int written = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || c >= 0x7f) {
                out.append(value, written, i);
                out.append("\\u").append(HEX.toHexDigits(c));
                written = i + 1;
            }
        }
        out.append(value, written, value.length()).append('"');
        return this;
    }

    JsonLine number(String name, long value) {
        name(name);
        out.append(value);
        return this;
    }

    /** Ends the line. */
    void end() {
        out.append("}\n");
    }

    private void name(String name) {
        if (!first) {
            out.append(',');
        }
        first = false;
        out.append('"').append(name).append("\":");
    }
}
