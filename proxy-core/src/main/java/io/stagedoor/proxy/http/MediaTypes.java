package io.stagedoor.proxy.http;

import java.util.Locale;

/** Reads media types (RFC 9110 section 8.3.1) as far as telling JSON from the rest. */
public final class MediaTypes {

    private MediaTypes() {}

    /**
     * Returns whether the value of a Content-Type field names JSON in UTF-8: {@code
     * application/json}, {@code text/json} or a {@code +json} type, with no other charset.
     */
    public static boolean isJson(String contentType) {
        String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
        String type = parts[0].strip();
        boolean json =
                type.equals("application/json")
                        || type.equals("text/json")
                        || (type.startsWith("application/") && type.endsWith("+json"));
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].replace(" ", "").replace("\t", "").replace("\"", "");
            json &= !parameter.startsWith("charset=") || parameter.equals("charset=utf-8");
        }
        return json;
    }
}
