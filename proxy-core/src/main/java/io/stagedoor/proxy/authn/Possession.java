package io.stagedoor.proxy.authn;

import io.stagedoor.proxy.authn.BearerField.Scheme;
import io.stagedoor.proxy.authn.proof.ProofVerifier;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.Optional;

/**
 * Checks for each request that its sender has what the token is bound to (RFC 8705, section 3; RFC
 * 9449, section 7). How a token is shown must fit what it is: one that is bound to a key goes with the
 * scheme {@code DPoP} and one proof, any other with {@code Bearer} and none.
 *
 * @param proofs verifies proofs
 * @param turns bounds how many signatures are verified at a time
 */
record Possession(ProofVerifier proofs, VerificationTurns turns) {

    /** Returns whether the check means to verify a signature. */
    static boolean needsSignature(Binding binding) {
        return binding.key().isPresent();
    }

    /**
     * Checks a request.
     *
     * @param field the field that the token came in
     * @throws RefusedException with {@code token_binding}, with {@code token_proof}, or with {@code
     *     overloaded}
     */
    void require(Binding binding, BearerField field, Sender sender) throws RefusedException {
        requireCertificate(binding, sender);
        Optional<String> key = binding.key();
        if (key.isEmpty()) {
            requireNoProof(field, sender);
        } else if (field.scheme() != Scheme.DPOP) {
            throw unbound("the token is bound to a key and must not be shown as a bearer token");
        } else {
            requireProof(key.get(), field, sender);
        }
    }

    private static void requireCertificate(Binding binding, Sender sender) throws RefusedException {
        Optional<String> certificate = binding.certificate();
        if (certificate.isPresent() && !certificate.equals(sender.certificate())) {
            throw unbound("the token is bound to another certificate than the connection's");
        }
    }

    private static void requireNoProof(BearerField field, Sender sender) throws RefusedException {
        if (field.scheme() == Scheme.DPOP) {
            throw unbound("the token is bound to no key that a proof could be made with");
        }
        if (sender.hasProof()) {
            throw RefusedException.of(
                    Code.TOKEN_PROOF, "the request has a proof beside a bearer token");
        }
    }

    private void requireProof(String key, BearerField field, Sender sender)
            throws RefusedException {
        turns.begin(sender.address());
        try {
            proofs.require(sender.proofs(), sender.head(), field.token(), key);
        } finally {
            turns.end();
        }
    }

    private static RefusedException unbound(String sentence) {
        return RefusedException.of(Code.TOKEN_BINDING, sentence);
    }
}
