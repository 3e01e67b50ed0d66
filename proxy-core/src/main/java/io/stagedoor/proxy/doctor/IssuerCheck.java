package io.stagedoor.proxy.doctor;

import io.stagedoor.proxy.authn.AuthenticationLimits;
import io.stagedoor.proxy.authn.AuthenticationListener;
import io.stagedoor.proxy.authn.LastToken;
import io.stagedoor.proxy.authn.TokenAuthenticator;
import io.stagedoor.proxy.authn.TrustedIssuer;
import io.stagedoor.proxy.authn.keys.KeySetStatus;
import io.stagedoor.proxy.authn.keys.KeySetTimes;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Fetches an issuer's keys as the proxy does: its discovery document must state the same issuer, and
 * its key set hold keys that tokens may be verified with. Then compares clocks.
 *
 * @param issuer the issuer
 * @param times the times of its key set
 * @param clock tells the time
 */
public record IssuerCheck(TrustedIssuer issuer, KeySetTimes times, InstantSource clock)
        implements Check {

    private static final String MADE_UP = "stagedoor-doctor-asks-about-a-token-that-nobody-issued";

    @Override
    public String subject() {
        return "issuer " + issuer.name();
    }

    @Override
    public List<Finding> examine() {
        List<Finding> findings = new ArrayList<>();
        try (TokenAuthenticator authenticator =
                TokenAuthenticator.of(
                        List.of(issuer),
                        AuthenticationLimits.defaults(),
                        times,
                        clock,
                        new Unheard())) {
            findings.add(
                    issuer.introspection().isPresent()
                            ? asked(authenticator)
                            : fetched(authenticator));
            findings.add(clockOf());
        } catch (IOException unreadable) {
            findings.add(
                    Finding.fail(
                            subject(),
                            String.valueOf(unreadable.getMessage()),
                            "check `keys.trusted_certificates`"));
        }
        return findings;
    }

    private Finding fetched(TokenAuthenticator authenticator) {
        authenticator.preload();
        return judged(authenticator.keySets().getFirst());
    }

    /** Of a token that nobody issued, a good answer is that it is not active. */
    private Finding asked(TokenAuthenticator authenticator) {
        try {
            authenticator.authenticate(
                    Optional.of("Bearer " + MADE_UP), Set.of(), new LastToken(), "doctor");
            return Finding.fail(
                    subject(),
                    "it calls a made-up token active",
                    "check `introspection.uri`: whatever answers there knows no tokens");
        } catch (RefusedException refused) {
            return refused.code() == Code.TOKEN_INACTIVE
                    ? Finding.ok(subject(), "it answers questions about tokens (RFC 7662)")
                    : Finding.unreachable(
                            subject(),
                            refused.refusal().sentence(),
                            "check `introspection`, its client and secret, and that the network"
                                    + " leads there");
        }
    }

    private Finding judged(KeySetStatus keys) {
        if (keys.lastError().isPresent()) {
            return Finding.unreachable(
                    subject(),
                    "its keys cannot be had: " + keys.lastError().get(),
                    "check `issuer`, `keys.uri` and `keys.trusted_certificates`, and that the"
                            + " network leads there");
        }
        String counted = keys.keys() + " usable keys";
        if (!keys.usable()) {
            return Finding.fail(
                    subject(),
                    "no published key of it may be used" + leftOut(keys),
                    "it must publish RSA keys of 2048 bits or more, or P-256 keys, for signatures");
        }
        return Finding.ok(subject(), counted + leftOut(keys));
    }

    private static String leftOut(KeySetStatus keys) {
        return keys.ignored().isEmpty()
                ? ""
                : keys.ignored().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(left -> left.getValue() + " by " + left.getKey().text())
                        .collect(Collectors.joining(", ", "; left out: ", ""));
    }

    private Finding clockOf() {
        URI source = issuer.keySource().jwksUri().orElseGet(() -> URI.create(issuer.issuer()));
        String subject = "clock of " + issuer.name();
        try {
            ServerProbe.Reply reply =
                    new ServerProbe(source, source, issuer.keySource().trustedCertificates()).ask();
            return ClockJudgement.of(subject, reply, clock.instant(), issuer.rules().clockSkew());
        } catch (IOException unreachable) {
            return Finding.unreachable(
                    subject, "nobody answers: " + unreachable.getMessage(), "see above");
        }
    }

    /** Nobody counts what a doctor does. */
    private static final class Unheard implements AuthenticationListener {}
}
