package io.stagedoor.proxy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.cli.login.Browser;
import io.stagedoor.proxy.cli.login.BrowserLogin;
import io.stagedoor.proxy.cli.login.DeviceLogin;
import io.stagedoor.proxy.cli.login.Issuer;
import io.stagedoor.proxy.cli.login.LoginFailedException;
import io.stagedoor.proxy.cli.login.Pause;
import io.stagedoor.proxy.cli.oauth.IssuerRefusedException;
import io.stagedoor.proxy.cli.profile.HeldTokens;
import io.stagedoor.proxy.cli.profile.Profile;
import io.stagedoor.proxy.cli.profile.ProfileLock;
import io.stagedoor.proxy.cli.profile.ProfileStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code login}: gets a person's tokens from an issuer, and remembers how. */
@Command(
        name = "login",
        description = {
            "Log in at an issuer: in a browser on this machine, or with --device anywhere.",
            "The options are remembered in the profile; say them once."
        },
        mixinStandardHelpOptions = true)
final class LoginCommand implements Callable<Integer> {
    @Mixin private LoginOptions options = new LoginOptions();
    @Mixin private Profiles profiles = new Profiles();
    @Mixin private Output output = new Output();

    @Spec private CommandSpec command = CommandSpec.create();

    @Option(names = "--device", description = "Show a code to type on any device (RFC 8628).")
    private boolean device;

    @Option(names = "--no-browser", description = "Open no browser; only print the address.")
    private boolean noBrowser;

    @Option(
            names = "--redirect-uri",
            paramLabel = "URI",
            defaultValue = "http://127.0.0.1/callback",
            description =
                    "The address that the issuer knows; without a port any is taken. Default:"
                            + " ${DEFAULT-VALUE}.")
    private URI redirect = URI.create("http://127.0.0.1/callback");

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description =
                    "How long to wait for the browser to come back; default: ${DEFAULT-VALUE}.")
    private int timeout = 300;

    @Override
    public Integer call() throws InterruptedException {
        return PersonalTask.done(
                () -> {
                    requireLoopback();
                    String name = profiles.name();
                    ProfileStore store = profiles.store();
                    Profile profile = options.over(store.read(name));
                    store.home().make();
                    HeldTokens tokens = tokens(profile);
                    try (ProfileLock _ = store.lock(name)) {
                        store.write(name, profile.with(tokens));
                    }
                    print(name, profile, tokens);
                    return ExitCodes.OK;
                });
    }

    private HeldTokens tokens(Profile profile)
            throws IOException, InterruptedException, LoginFailedException, IssuerRefusedException {
        try (Issuer issuer = Issuer.of(profile, InstantSource.system())) {
            return device
                    ? new DeviceLogin(Pause.real(), this::tell).tokens(issuer)
                    : new BrowserLogin(
                                    redirect,
                                    browser(),
                                    Duration.ofSeconds(Math.max(timeout, 1)),
                                    this::tell)
                            .tokens(issuer);
        }
    }

    private Browser browser() {
        return noBrowser
                ? Browser.NONE
                : Browser.of(System.getenv(), System.getProperty("os.name"));
    }

    private void requireLoopback() {
        boolean fit =
                "http".equals(redirect.getScheme())
                        && redirect.getHost() != null
                        && List.of("127.0.0.1", "[::1]", "localhost").contains(redirect.getHost())
                        && redirect.getRawUserInfo() == null
                        && redirect.getRawQuery() == null
                        && redirect.getRawFragment() == null;
        if (!fit) {
            throw new IllegalArgumentException(
                    "`"
                            + redirect
                            + "` is not on loopback: use http with 127.0.0.1, [::1] or localhost");
        }
    }

    /** What a person must read while the command waits; its result goes to standard output. */
    private void tell(String line) {
        PrintWriter err = command.commandLine().getErr();
        err.println(line);
        err.flush();
    }

    private void print(String name, Profile profile, HeldTokens tokens) {
        String account = tokens.account().orElse("someone whom the issuer does not name");
        ObjectNode document =
                Output.MAPPER
                        .createObjectNode()
                        .put("profile", name)
                        .put("issuer", profile.issuer())
                        .put("account", tokens.account().orElse(""))
                        .put("expires", tokens.expires().toString())
                        .put("renewable", tokens.refreshToken().isPresent());
        output.print(
                List.of(
                        "logged in as " + account + " with the profile `" + name + "`",
                        tokens.refreshToken().isPresent()
                                ? "the token is renewed when it is asked for: stagedoor token"
                                : "the token ends at " + tokens.expires() + ", and is not renewed"),
                document);
    }
}
