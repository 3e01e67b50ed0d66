package io.stagedoor.proxy.cli.login;

import io.stagedoor.proxy.cli.oauth.IssuerRefusedException;
import io.stagedoor.proxy.cli.oauth.RandomText;
import io.stagedoor.proxy.cli.oauth.TokenAnswer;
import io.stagedoor.proxy.cli.profile.HeldTokens;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A log-in through the browser: authorization code with PKCE, back to loopback (RFC 8252, 7636).
 *
 * @param redirect the address registered with the issuer, as {@link LoopbackRedirect#open} takes it
 * @param browser opens the issuer's page
 * @param patience how long the person has
 * @param told lines for the person
 */
public record BrowserLogin(
        URI redirect, Browser browser, Duration patience, Consumer<String> told) {

    /**
     * Logs in; waits for the person.
     *
     * @throws LoginFailedException if nobody comes in time, or something else than the issuer's answer
     * @throws IssuerRefusedException if the issuer says no
     * @throws IOException if the issuer cannot be asked, makes no sense, or no port can be had
     */
    public HeldTokens tokens(Issuer issuer)
            throws IOException, InterruptedException, LoginFailedException, IssuerRefusedException {
        Secrets secrets = new Secrets(RandomText.next(), RandomText.next(), RandomText.next());
        try (LoopbackRedirect place = LoopbackRedirect.open(redirect, secrets.state())) {
            send(
                    issuer.endpoint()
                            .authorization(
                                    place.uri(),
                                    secrets.state(),
                                    secrets.nonce(),
                                    secrets.verifier()));
            LoopbackRedirect.Arrival arrival =
                    place.await(patience).orElseThrow(BrowserLogin::nobodyCame);
            return finished(issuer, place.uri(), secrets, arrival);
        }
    }

    /** What nobody but this process knows of the log-in: the first two are shown to the issuer. */
    private record Secrets(String state, String nonce, String verifier) {}

    private void send(URI page) {
        boolean opened = browser.open(page);
        told.accept(
                opened
                        ? "your browser should show the issuer's page now; if it does not, visit:"
                        : "visit this page in a browser on this machine:");
        told.accept("  " + page);
    }

    private static HeldTokens finished(
            Issuer issuer, URI place, Secrets secrets, LoopbackRedirect.Arrival arrival)
            throws IOException, InterruptedException, LoginFailedException, IssuerRefusedException {
        ResultPage page = ResultPage.failed("The issuer's answer did not make a log-in");
        try {
            String code = arrival.parameters().code(issuer.metadata());
            Instant asked = issuer.clock().instant();
            TokenAnswer answer = issuer.endpoint().exchange(code, place, secrets.verifier());
            HeldTokens held = issuer.held(answer, asked, Optional.of(secrets.nonce()));
            page = ResultPage.LOGGED_IN;
            return held;
        } catch (IssuerRefusedException e) {
            page = ResultPage.failed(capitalised(e.sentence()));
            throw e;
        } finally {
            arrival.page().complete(page);
        }
    }

    private static LoginFailedException nobodyCame() {
        return new LoginFailedException(
                "nobody came back from the issuer's page in time: log in again, or use --device"
                        + " where no browser can reach this machine");
    }

    private static String capitalised(String sentence) {
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }
}
