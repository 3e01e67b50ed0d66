package io.stagedoor.proxy.http;

import java.util.Locale;

/** Reads media types (RFC 9110 section 8.3.1) as far as telling JSON and XML from the rest. */
public final class MediaTypes {

    private MediaTypes() {}

    /**
     * Returns whether the value of a Content-Type field names JSON in UTF-8: {@code
     * application/json}, {@code text/json} or a {@code +json} type, with no other charset.
     */
    public static boolean isJson(String contentType) {
        return isOf(contentType, "json");
    }

    /**
     * Returns whether the value of a Content-Type field names XML in UTF-8: {@code application/xml},
     * {@code text/xml} or a {@code +xml} type, with no other charset.
     */
    public static boolean isXml(String contentType) {
        return isOf(contentType, "xml");
    }

    /** Returns whether the value of a Content-Type field names {@code multipart/mixed}. */
    public static boolean isMultipartMixed(String contentType) {
        return typeOf(contentType).equals("multipart/mixed");
    }

    private static String typeOf(String contentType) {
        int end = contentType.indexOf(';');
        return contentType
                .substring(0, end < 0 ? contentType.length() : end)
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    private static boolean isOf(String contentType, String syntax) {
        String type = typeOf(contentType);
        boolean matches =
                type.equals("application/" + syntax)
                        || type.equals("text/" + syntax)
                        || (type.startsWith("application/") && type.endsWith("+" + syntax));
        String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].replace(" ", "").replace("\t", "").replace("\"", "");
            matches &= !parameter.startsWith("charset=") || parameter.equals("charset=utf-8");
        }
        return matches;
    }
}
