package io.stagedoor.proxy.cli.profile;

import io.stagedoor.config.value.Secret;
import io.stagedoor.proxy.cli.oauth.TokenAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The tokens of one log-in.
 *
 * @param obtained when the access token was asked for
 * @param expires when it ends, by this machine's clock
 * @param refreshToken what to ask for the next one with
 * @param account how the issuer calls who logged in
 */
public record HeldTokens(
        Secret accessToken,
        Instant obtained,
        Instant expires,
        Optional<Secret> refreshToken,
        Optional<String> account) {

    private static final Duration MOST_AHEAD = Duration.ofMinutes(5);
    private static final int SHARE_AHEAD = 5;

    /** Gives what an answer of the issuer holds. */
    public static HeldTokens of(TokenAnswer answer, Instant asked, Optional<String> account) {
        return new HeldTokens(
                answer.accessToken(),
                asked,
                asked.plus(answer.lifetime()),
                answer.refreshToken(),
                account);
    }

    /** Gives the tokens after a renewal; an issuer may go on with the old refresh token. */
    public HeldTokens renewed(TokenAnswer answer, Instant asked) {
        HeldTokens next = of(answer, asked, account);
        return next.refreshToken().isPresent()
                ? next
                : new HeldTokens(
                        next.accessToken(), next.obtained(), next.expires(), refreshToken, account);
    }

    /** Gives the tokens without the refresh token, which the issuer takes no more. */
    public HeldTokens withoutRefreshToken() {
        return new HeldTokens(accessToken, obtained, expires, Optional.empty(), account);
    }

    /** Tells whether the access token can be used. */
    public boolean isUsable(Instant now) {
        return now.isBefore(expires);
    }

    /**
     * Tells whether it is time for the next one: in the last fifth of its life, at most 5 minutes. A
     * time of issue in the future means that the clock was set back, and nothing is known.
     */
    public boolean isNearItsEnd(Instant now) {
        Duration share = Duration.between(obtained, expires).dividedBy(SHARE_AHEAD);
        Duration ahead = share.compareTo(MOST_AHEAD) < 0 ? share : MOST_AHEAD;
        return now.isBefore(obtained) || !now.isBefore(expires.minus(ahead));
    }

    /** Shows no token. */
    @Override
    public String toString() {
        return "HeldTokens[" + account.orElse("") + " until " + expires + "]";
    }
}
