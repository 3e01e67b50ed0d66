package io.stagedoor.proxy.authn;

import java.util.regex.Pattern;

/** Tells opaque tokens from those that can be read: these have three parts, and so two dots. */
final class OpaqueToken {

    /** The characters of a bearer token (RFC 6750, section 2.1). */
    private static final Pattern BEARER_TOKEN = Pattern.compile("[A-Za-z0-9\\-._~+/]+=*");

    private OpaqueToken() {}

    /** Returns whether only its issuer can read the token. */
    static boolean isOne(String token) {
        long dots = token.chars().filter(letter -> letter == '.').count();
        return dots != 2 && BEARER_TOKEN.matcher(token).matches();
    }
}
