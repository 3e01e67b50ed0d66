package io.stagedoor.proxy.fuzz;

import io.stagedoor.proxy.authn.jose.UnverifiedToken;
import io.stagedoor.proxy.refusal.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A token is refused as a token fault, or its parts have exactly one spelling: the one sent. */
public final class TokenReading {

    private TokenReading() {}

    /** Takes a token; what has no dot is taken for a header and a payload, to be put into form. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.ISO_8859_1);
        read(text);
        int cut = text.indexOf('}') + 1;
        if (text.indexOf('.') < 0 && cut > 0) {
            read(coded(text.substring(0, cut)) + "." + coded(text.substring(cut)) + ".AAAA");
        }
    }

    private static void read(String token) {
        try {
            UnverifiedToken.parse(token);
            checkSpelling(token);
        } catch (RefusedException refused) {
            Law.holds(refused.code().isTokenFault(), "no token fault: " + refused.code());
            boolean told = token.length() > 8 && refused.refusal().toString().contains(token);
            Law.holds(!told, "the sentence tells the token");
        }
    }

    private static void checkSpelling(String token) {
        String[] parts = token.split("\\.", -1);
        Law.holds(parts.length == 3, "not three parts");
        for (String part : parts) {
            byte[] octets = Base64.getUrlDecoder().decode(part);
            String again = Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
            Law.holds(again.equals(part), "two spellings of one part");
        }
    }

    private static String coded(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
