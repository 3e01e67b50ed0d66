package io.stagedoor.proxy.cli.login;

import io.stagedoor.proxy.cli.oauth.IssuerRefusedException;
import io.stagedoor.proxy.cli.oauth.TokenAnswer;
import io.stagedoor.proxy.cli.profile.HeldTokens;
import io.stagedoor.proxy.cli.profile.Profile;
import io.stagedoor.proxy.cli.profile.ProfileLock;
import io.stagedoor.proxy.cli.profile.ProfileStore;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * Gives a valid access token of a profile, renewing it when it is near its end.
 *
 * <p>However many processes ask at once, one of them renews and the others take what it wrote: with
 * issuers that rotate refresh tokens, a second use would end the log-in.
 *
 * @param warned is told what went wrong while an older token could still be given
 */
public record AccessTokens(ProfileStore store, InstantSource clock, Consumer<String> warned) {

    /**
     * Gives the tokens of a profile, the access token valid now.
     *
     * @throws LoginFailedException if nobody is logged in, or the issuer renews no more
     * @throws IOException if the issuer cannot be asked, and the token at hand has expired
     */
    public HeldTokens current(String name)
            throws IOException, InterruptedException, LoginFailedException {
        HeldTokens seen = held(name);
        if (isGood(seen)) {
            return seen;
        }
        try (ProfileLock _ = store.lock(name)) {
            return renewed(name);
        }
    }

    private boolean isGood(HeldTokens tokens) {
        Instant now = clock.instant();
        boolean asGoodAsItGets = tokens.refreshToken().isEmpty() && tokens.isUsable(now);
        return asGoodAsItGets || !tokens.isNearItsEnd(now);
    }

    /** INVARIANT: called by one process at a time. */
    private HeldTokens renewed(String name)
            throws IOException, InterruptedException, LoginFailedException {
        HeldTokens tokens = held(name);
        if (isGood(tokens)) {
            return tokens;
        }
        if (tokens.refreshToken().isEmpty()) {
            throw again(name, "the token has expired");
        }
        Profile profile = profile(name);
        try {
            HeldTokens next = asked(profile, tokens);
            store.write(name, profile.with(next));
            return next;
        } catch (IssuerRefusedException refused) {
            return afterRefusal(name, profile.with(tokens), refused);
        } catch (IOException unreachable) {
            if (!tokens.isUsable(clock.instant())) {
                throw unreachable;
            }
            warned.accept(
                    "the token is near its end and was not renewed: " + unreachable.getMessage());
            return tokens;
        }
    }

    private HeldTokens asked(Profile profile, HeldTokens tokens)
            throws IOException, InterruptedException, IssuerRefusedException {
        try (Issuer issuer = Issuer.of(profile, clock)) {
            Instant asked = clock.instant();
            TokenAnswer answer = issuer.endpoint().refresh(tokens.refreshToken().orElseThrow());
            return tokens.renewed(answer, asked);
        }
    }

    /** Only {@code invalid_grant} says that the refresh token is worth nothing any more. */
    private HeldTokens afterRefusal(String name, Profile profile, IssuerRefusedException refused)
            throws LoginFailedException {
        HeldTokens tokens = profile.tokens().orElseThrow();
        if (refused.error().equals("invalid_grant")) {
            store.write(name, profile.with(tokens.withoutRefreshToken()));
        }
        if (!tokens.isUsable(clock.instant())) {
            throw again(name, refused.sentence());
        }
        warned.accept("the token is near its end and was not renewed: " + refused.sentence());
        return tokens;
    }

    private HeldTokens held(String name) throws LoginFailedException {
        return profile(name)
                .tokens()
                .orElseThrow(
                        () -> again(name, "nobody is logged in to the profile `" + name + "`"));
    }

    private Profile profile(String name) throws LoginFailedException {
        return store.read(name)
                .orElseThrow(
                        () ->
                                new LoginFailedException(
                                        "there is no profile `"
                                                + name
                                                + "`: log in with `stagedoor login --profile "
                                                + (name + " --issuer ... --client-id ...`")));
    }

    private static LoginFailedException again(String name, String why) {
        return new LoginFailedException(
                why + ": log in again with `stagedoor login --profile " + name + "`");
    }
}
