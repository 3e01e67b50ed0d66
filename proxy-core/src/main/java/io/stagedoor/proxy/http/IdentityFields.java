package io.stagedoor.proxy.http;

import java.util.Optional;

/**
 * What the proxy tells upstream and client about who is really calling: the {@code X-Stagedoor-*}
 * fields. Fields of these names are never taken from either side.
 *
 * @param principal tenant and object id of the principal the request was decided for
 * @param clientApplication the application that acts for it, when the token names one
 * @param decisionId the id under which the decision is found in the audit trail
 */
public record IdentityFields(
        String principal, Optional<String> clientApplication, String decisionId) {

    /** The field with the principal's tenant and object id. */
    public static final String PRINCIPAL = "X-Stagedoor-Principal";

    /** The field with the client application's id. */
    public static final String CLIENT_APPLICATION = "X-Stagedoor-Client-Application";

    /** The field with the decision id, the same in requests, answers and audit records. */
    public static final String DECISION_ID = "X-Stagedoor-Decision-Id";

    /** The field with the signed statement of who is calling; for upstreams alone. */
    public static final String ASSERTION = "X-Stagedoor-Assertion";

    /** The field with a note on whom an answer describes. */
    public static final String NOTE = "X-Stagedoor-Note";

    private static final int LONGEST = 512;

    /** Makes each value safe to stand in a field. */
    public IdentityFields {
        principal = visible(principal);
        clientApplication = clientApplication.map(IdentityFields::visible);
        decisionId = visible(decisionId);
    }

    void addTo(Fields.Builder fields) {
        fields.add(PRINCIPAL, principal)
                .add(CLIENT_APPLICATION, clientApplication)
                .add(DECISION_ID, decisionId);
    }

    /** An issuer chooses the claim's text: whatever is not visible ASCII becomes a question mark. */
    private static String visible(String text) {
        return isVisible(text) ? text : cleaned(text);
    }

    private static boolean isVisible(String text) {
        int count = text.length();
        for (int i = 0; i < count; i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7f) {
                return false;
            }
        }
        return count <= LONGEST;
    }

    private static String cleaned(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length() && i < LONGEST; i++) {
            char c = text.charAt(i);
            clean.append(c > ' ' && c < 0x7f ? c : '?');
        }
        return clean.toString();
    }
}
