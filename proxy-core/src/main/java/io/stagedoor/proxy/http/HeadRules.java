package io.stagedoor.proxy.http;

import io.stagedoor.proxy.http.FieldNames.Trait;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The structural rules of a request head: whatever frames, routes or authenticates stands exactly
 * once and in one spelling (RFC 9110 sections 5, 7 and 10, RFC 9112 sections 2, 3 and 6).
 *
 * <p>Each rule refuses with {@code bad_request} and a sentence of its own, which is what the audit
 * record shows. Values never appear in a sentence.
 */
final class HeadRules {

    private static final Set<String> USUAL_METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final Pattern METHOD = Pattern.compile("[A-Z][A-Z-]{0,31}");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
    private static final byte[] TOKEN = TargetParser.table("!#$%&'*+-.^_`|~");

    private HeadRules() {}

    static void checkMethod(String method) throws RefusedException {
        if (USUAL_METHODS.contains(method)) {
            return;
        }
        if (!METHOD.matcher(method).matches()) {
            throw HeadRefusals.bad("the method is not an upper-case token");
        }
        if (method.equals("TRACE") || method.equals("CONNECT")) {
            throw HeadRefusals.bad("the method `" + method + "` is not served");
        }
    }

    /**
     * Checks all fields.
     *
     * @param opensTunnel whether the head is a complete opening of a WebSocket, the only upgrade that
     *     is taken further
     */
    static void checkFields(Fields fields, boolean opensTunnel) throws RefusedException {
        Tally tally = new Tally(opensTunnel);
        for (Fields.Field field : fields) {
            tally.count(field.name(), field.value());
        }
        tally.refuseFirstFault();
        refuseUnless(tally.hosts == 1, "the request does not have exactly one `Host` field");
        refuseUnless(
                tally.authorizations <= 1, "the request has more than one `Authorization` field");
        checkFraming(fields, tally);
        checkConnection(fields.all("connection"));
        checkExpectation(fields.all("expect"));
    }

    /** A token is sent by one method (RFC 6750, section 2), and the field is the one that counts. */
    static void checkOneCredential(CanonicalTarget target, Fields fields) throws RefusedException {
        refuseUnless(
                target.query("access_token").isEmpty() || !fields.has("authorization"),
                "the request has a token in its query beside the `Authorization` field");
    }

    private static void checkFraming(Fields fields, Tally tally) throws RefusedException {
        refuseUnless(tally.lengths <= 1, "the request has more than one `Content-Length` field");
        refuseUnless(
                tally.codings == 0 || tally.lengths == 0,
                "the request has both `Content-Length` and `Transfer-Encoding`");
        refuseUnless(tally.codings <= 1, "the request has more than one `Transfer-Encoding` field");
        refuseUnless(
                tally.lengths == 0
                        || LENGTH.matcher(fields.first("content-length").orElseThrow()).matches(),
                "the `Content-Length` is not a number");
        refuseUnless(
                tally.codings == 0
                        || fields.first("transfer-encoding")
                                .orElseThrow()
                                .equalsIgnoreCase("chunked"),
                "the only transfer coding taken is `chunked`");
    }

    /** Naming a field in Connection makes a hop drop it: never one that the proxy sets or decides on. */
    private static void checkConnection(List<String> values) throws RefusedException {
        for (String nominated : HopByHop.nominations(values)) {
            refuseUnless(
                    !FieldNames.isProtected(nominated),
                    "the `Connection` field names a field that must not be dropped");
        }
    }

    private static void checkExpectation(List<String> values) throws RefusedException {
        refuseUnless(
                values.isEmpty()
                        || (values.size() == 1
                                && values.getFirst().equalsIgnoreCase("100-continue")),
                "the only expectation taken is `100-continue`");
    }

    private static void refuseUnless(boolean holds, String sentence) throws RefusedException {
        if (!holds) {
            throw HeadRefusals.bad(sentence);
        }
    }

    /** Counts the fields that may stand once and keeps the first fault of a single field. */
    private static final class Tally {

        private int hosts;
        private int authorizations;
        private int lengths;
        private int codings;
        private String fault = "";
        private final boolean upgradeTaken;

        private Tally(boolean upgradeTaken) {
            this.upgradeTaken = upgradeTaken;
        }

        private void count(String name, String value) {
            if (fault.isEmpty()) {
                fault = faultOf(name, value);
            }
            switch (name.length()) {
                case 4 -> hosts += name.equalsIgnoreCase("host") ? 1 : 0;
                case 13 -> authorizations += name.equalsIgnoreCase("authorization") ? 1 : 0;
                case 14 -> lengths += name.equalsIgnoreCase("content-length") ? 1 : 0;
                case 17 -> codings += name.equalsIgnoreCase("transfer-encoding") ? 1 : 0;
                default -> {
                    // no other field is limited to one
                }
            }
        }

        private void refuseFirstFault() throws RefusedException {
            if (!fault.isEmpty()) {
                throw HeadRefusals.bad(fault);
            }
        }

        private String faultOf(String name, String value) {
            if (!isToken(name)) {
                return "a field name is not a token";
            }
            if (!name.equalsIgnoreCase("authorization") && !isClean(value)) {
                return "a field value has a control character";
            }
            return faultOfName(name);
        }

        private String faultOfName(String name) {
            String folded = FieldNames.folded(name);
            Set<Trait> traits = FieldNames.traitsOf(folded);
            if (traits.isEmpty()) {
                return "";
            }
            if (traits.contains(Trait.OVERRIDE)) {
                return "the request has a field that overrides its method or path";
            }
            boolean upgrades = folded.equals("upgrade") && !upgradeTaken;
            if (upgrades || folded.equals("http2-settings")) {
                return "protocol upgrades are not served";
            }
            boolean guarded =
                    traits.contains(Trait.DECIDING)
                            || traits.contains(Trait.HOP_BY_HOP)
                            || folded.startsWith(FieldNames.IDENTITY_PREFIX);
            return guarded && name.indexOf('_') >= 0
                    ? "a field name has an underscore in place of a hyphen"
                    : "";
        }
    }

    private static boolean isToken(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c > 127 || TOKEN[c] == 0) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /**
     * Takes tab and every octet from 0x20 but DEL; the text is one character an octet. Authorization
     * is left out: it is the longest by far, never forwarded, and its verifier reads it strictly.
     */
    private static boolean isClean(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f || c > 0xff) {
                return false;
            }
        }
        return true;
    }
}
