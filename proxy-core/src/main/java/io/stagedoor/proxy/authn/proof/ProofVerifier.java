package io.stagedoor.proxy.authn.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.http.RequestHead;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;

/**
 * Checks DPoP proofs by the twelve rules of RFC 9449, section 4.3; there are no server nonces.
 *
 * <p>Safe for use by many threads. Does not wait, but a signature costs up to a millisecond of
 * computing.
 */
public final class ProofVerifier {

    /** How far the time of a proof may be from now, on either side. */
    static final Duration WINDOW = Duration.ofMinutes(1);

    private static final int MAX_ID = 256;

    private final InstantSource clock;
    private final SeenProofs seen;

    /** Makes a verifier; several may share what they have seen, and should. */
    public ProofVerifier(InstantSource clock, SeenProofs seen) {
        this.clock = clock;
        this.seen = seen;
    }

    /**
     * Checks the one proof of a request. It is used up by that: it will not be taken again.
     *
     * @param proofs the values of all {@code DPoP} fields
     * @param head the request it must have been made for
     * @param token the access token it must have been made for
     * @param thumbprint the thumbprint of the key that it must have been made with
     * @throws RefusedException with {@code token_proof}, or with {@code token_binding} when it was made
     *     with another key
     */
    public void require(List<String> proofs, RequestHead head, String token, String thumbprint)
            throws RefusedException {
        if (proofs.size() != 1) {
            throw refused("the request does not have exactly one proof");
        }
        DpopProof proof = DpopProof.parse(proofs.getFirst());
        if (!proof.thumbprint().equals(thumbprint)) {
            throw RefusedException.of(
                    Code.TOKEN_BINDING, "the proof was made with another key than the token's");
        }
        Instant now = clock.instant();
        requireForThisRequest(proof.claims(), head, token);
        requireFresh(proof.claims(), now);
        String id = id(proof.claims());
        if (!proof.isSigned()) {
            throw refused("the proof is not signed with its own key");
        }
        // INVARIANT: only what the key's owner signed is remembered, so nobody else can fill the
        // memory.
        requireFirst(thumbprint, id, now);
    }

    private static void requireForThisRequest(ObjectNode claims, RequestHead head, String token)
            throws RefusedException {
        if (!head.method().equals(claims.path("htm").textValue())) {
            throw refused("the proof was made for another method");
        }
        if (!RequestUrl.isOf(claims.path("htu").asText(), head)) {
            throw refused("the proof was made for another URL");
        }
        if (!digestOf(token).equals(claims.path("ath").textValue())) {
            throw refused("the proof was made for another token");
        }
    }

    private static void requireFresh(ObjectNode claims, Instant now) throws RefusedException {
        JsonNode issued = claims.path("iat");
        double seconds = issued.isNumber() ? issued.doubleValue() : Double.NaN;
        double age = now.getEpochSecond() - seconds;
        if (!(Math.abs(age) <= WINDOW.toSeconds())) {
            throw refused("the proof was not made within a minute of now");
        }
    }

    private static String id(ObjectNode claims) throws RefusedException {
        String id = claims.path("jti").textValue();
        if (id == null || id.isEmpty() || id.length() > MAX_ID) {
            throw refused("the proof has no fit id");
        }
        return id;
    }

    private void requireFirst(String thumbprint, String id, Instant now) throws RefusedException {
        switch (seen.note(thumbprint, id, now)) {
            case FIRST -> {
                // as it must be
            }
            case AGAIN -> throw refused("the proof was used before");
            case NO_ROOM -> throw refused("there are more proofs than can be told apart");
        }
    }

    private static String digestOf(String token) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(token.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every Java runtime has SHA-256", absent);
        }
    }

    /** Returns the refusal of a proof. */
    static RefusedException refused(String sentence) {
        return RefusedException.of(Code.TOKEN_PROOF, sentence);
    }
}
