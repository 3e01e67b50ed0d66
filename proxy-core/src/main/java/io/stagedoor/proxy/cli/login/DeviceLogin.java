package io.stagedoor.proxy.cli.login;

import io.stagedoor.proxy.cli.oauth.DeviceCode;
import io.stagedoor.proxy.cli.oauth.IssuerRefusedException;
import io.stagedoor.proxy.cli.oauth.IssuerUnreachableException;
import io.stagedoor.proxy.cli.oauth.RandomText;
import io.stagedoor.proxy.cli.profile.HeldTokens;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A log-in by a code that the person types on any device (RFC 8628).
 *
 * @param pause waits between two questions
 * @param told lines for the person
 */
public record DeviceLogin(Pause pause, Consumer<String> told) {
    private static final Duration SLOWER = Duration.ofSeconds(5);

    /**
     * Logs in; waits for the person.
     *
     * @throws LoginFailedException if the code expires, or the person refuses
     * @throws IssuerRefusedException if the issuer says no for another reason
     * @throws IOException if the issuer cannot be asked at first, or makes no sense
     */
    public HeldTokens tokens(Issuer issuer)
            throws IOException, InterruptedException, LoginFailedException, IssuerRefusedException {
        Instant asked = issuer.clock().instant();
        String verifier = RandomText.next();
        DeviceCode device = issuer.endpoint().deviceCode(verifier);
        told.accept("visit " + device.verification() + " and type this code: " + device.userCode());
        device.verificationComplete()
                .ifPresent(
                        page -> told.accept("or visit this page, and compare the code: " + page));
        return polled(new Question(issuer, device, verifier), asked.plus(device.lifetime()));
    }

    /** What is asked again and again. */
    private record Question(Issuer issuer, DeviceCode device, String verifier) {
        HeldTokens answer() throws IOException, InterruptedException, IssuerRefusedException {
            Instant asked = issuer.clock().instant();
            return issuer.held(issuer.endpoint().poll(device, verifier), asked, Optional.empty());
        }
    }

    private HeldTokens polled(Question question, Instant end)
            throws IOException, InterruptedException, LoginFailedException, IssuerRefusedException {
        Duration interval = question.device().interval();
        while (question.issuer().clock().instant().isBefore(end)) {
            pause.last(interval);
            switch (asked(question)) {
                case Poll.Good(HeldTokens tokens) -> {
                    return tokens;
                }
                case Poll.Again(Duration later) -> interval = interval.plus(later);
            }
        }
        throw expired();
    }

    /** What one question comes to, apart from a final no. */
    private sealed interface Poll {
        record Good(HeldTokens tokens) implements Poll {}

        /** Not yet; the next question comes so much later than this one did. */
        record Again(Duration later) implements Poll {}
    }

    private static Poll asked(Question question)
            throws IOException, InterruptedException, LoginFailedException, IssuerRefusedException {
        try {
            return new Poll.Good(question.answer());
        } catch (IssuerRefusedException refused) {
            return switch (refused.error()) {
                case "authorization_pending" -> new Poll.Again(Duration.ZERO);
                case "slow_down" -> new Poll.Again(SLOWER);
                case "expired_token" -> throw expired();
                case "access_denied" -> throw new LoginFailedException("you refused the log-in");
                default -> throw refused;
            };
        } catch (IssuerUnreachableException late) {
            // RFC 8628, section 3.5: a time-out asks for longer intervals too.
            return new Poll.Again(SLOWER);
        }
    }

    private static LoginFailedException expired() {
        return new LoginFailedException("the code has expired before it was used: log in again");
    }
}
