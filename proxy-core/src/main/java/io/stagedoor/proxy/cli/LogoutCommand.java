package io.stagedoor.proxy.cli;

import io.stagedoor.config.value.Secret;
import io.stagedoor.proxy.cli.login.Issuer;
import io.stagedoor.proxy.cli.oauth.IssuerRefusedException;
import io.stagedoor.proxy.cli.profile.HeldTokens;
import io.stagedoor.proxy.cli.profile.Profile;
import io.stagedoor.proxy.cli.profile.ProfileLock;
import io.stagedoor.proxy.cli.profile.ProfileStore;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code logout}: gives the tokens back to their issuer and forgets them. */
@Command(
        name = "logout",
        description = {
            "Revoke the tokens at the issuer (RFC 7009), where it offers that, and remove them.",
            "They are removed in any case; 3 says that the issuer could not be told."
        },
        mixinStandardHelpOptions = true)
final class LogoutCommand implements Callable<Integer> {
    @Mixin private Profiles profiles = new Profiles();
    @Mixin private Output output = new Output();

    @Option(names = "--forget", description = "Forget the profile's options too.")
    private boolean forget;

    /** What became of the tokens at the issuer. */
    private enum Revocation {
        DONE(ExitCodes.OK, "logged out; the issuer has revoked the tokens"),
        NOT_OFFERED(
                ExitCodes.OK,
                "logged out; the issuer offers no revocation, so a copied token stays good"),
        NOTHING(ExitCodes.OK, "nobody was logged in"),
        FAILED(
                ExitCodes.UNREACHABLE,
                "logged out here, but the issuer was not told: a copied token stays good");

        private final int exitCode;
        private final String sentence;

        Revocation(int exitCode, String sentence) {
            this.exitCode = exitCode;
            this.sentence = sentence;
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        return PersonalTask.done(
                () -> {
                    ProfileStore store = profiles.store();
                    String name = profiles.name();
                    Revocation end = removed(store, name);
                    output.print(
                            List.of(end.sentence),
                            Output.MAPPER
                                    .createObjectNode()
                                    .put("profile", name)
                                    .put("revocation", end.name().toLowerCase(Locale.ROOT)));
                    return end.exitCode;
                });
    }

    /** INVARIANT: the tokens are gone from the disk first, whatever happens at the issuer. */
    private Revocation removed(ProfileStore store, String name) throws InterruptedException {
        Optional<Profile> profile = store.read(name);
        if (profile.isEmpty()) {
            return Revocation.NOTHING;
        }
        try (ProfileLock _ = store.lock(name)) {
            profile = store.read(name);
            if (forget) {
                store.remove(name);
            } else {
                profile.ifPresent(known -> store.write(name, known.withoutTokens()));
            }
        }
        Optional<HeldTokens> tokens = profile.flatMap(Profile::tokens);
        return tokens.isPresent()
                ? revoked(profile.orElseThrow(), tokens.get())
                : Revocation.NOTHING;
    }

    /** Without a refresh token, the access token is what may be revoked. */
    private static Revocation revoked(Profile profile, HeldTokens tokens)
            throws InterruptedException {
        Secret token = tokens.refreshToken().orElse(tokens.accessToken());
        try (Issuer issuer = Issuer.of(profile, InstantSource.system())) {
            return issuer.endpoint().revoke(token) ? Revocation.DONE : Revocation.NOT_OFFERED;
        } catch (IOException | IssuerRefusedException e) {
            return Revocation.FAILED;
        }
    }
}
