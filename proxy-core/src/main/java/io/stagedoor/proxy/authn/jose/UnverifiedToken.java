package io.stagedoor.proxy.authn.jose;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.nio.charset.StandardCharsets;

/**
 * A token in strict compact form (RFC 7515, section 7.1) whose signature nobody has checked: every
 * word in it may be a lie.
 *
 * <p>Immutable. Its text form never shows any of the token.
 */
public final class UnverifiedToken {

    private final JoseHeader header;
    private final ObjectNode payload;
    private final byte[] signingInput;
    private final String signature;

    private UnverifiedToken(
            JoseHeader header, ObjectNode payload, byte[] signingInput, String signature) {
        this.header = header;
        this.payload = payload;
        this.signingInput = signingInput;
        this.signature = signature;
    }

    /**
     * Reads a token: exactly three non-empty parts in canonical base64url, the first two of them JSON
     * objects in which no name occurs twice.
     *
     * @throws RefusedException with {@code token_malformed}, or with {@code token_unacceptable} for a
     *     header that asks for something that is not done
     */
    public static UnverifiedToken parse(String token) throws RefusedException {
        int first = token.indexOf('.');
        int second = token.indexOf('.', first + 1);
        if (first <= 0 || second <= first + 1 || second == token.length() - 1) {
            throw malformed("the token does not have three parts");
        }
        String signature = token.substring(second + 1);
        byte[] header = decode(token.substring(0, first));
        byte[] payload = decode(token.substring(first + 1, second));
        decode(signature);
        JoseHeader head = JoseHeader.from(object(header, "header"));
        byte[] signed = token.substring(0, second).getBytes(StandardCharsets.US_ASCII);
        return new UnverifiedToken(head, object(payload, "payload"), signed, signature);
    }

    private static byte[] decode(String part) throws RefusedException {
        return Base64Url.decode(part)
                .orElseThrow(() -> malformed("a part of the token is not canonical base64url"));
    }

    private static ObjectNode object(byte[] json, String what) throws RefusedException {
        return StrictJson.readObject(json)
                .orElseThrow(
                        () -> malformed("the token's " + what + " is not a strict JSON object"));
    }

    private static RefusedException malformed(String sentence) {
        return RefusedException.of(Code.TOKEN_MALFORMED, sentence);
    }

    /** Returns the header. */
    public JoseHeader header() {
        return header;
    }

    /** Returns the claims, as the sender states them. */
    public ObjectNode payload() {
        return payload;
    }

    /** Returns a copy of the octets that the signature is over. */
    public byte[] signingInput() {
        return signingInput.clone();
    }

    /** Returns the signature in canonical base64url. */
    public String signature() {
        return signature;
    }

    @Override
    public String toString() {
        return "UnverifiedToken[" + header.algorithm() + "]";
    }
}
