package io.stagedoor.proxy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.cli.login.AccessTokens;
import io.stagedoor.proxy.cli.profile.HeldTokens;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code token}: a valid access token, renewed when it is near its end. */
@Command(
        name = "token",
        description = "Print a valid access token of the profile, renewing it when need be.",
        mixinStandardHelpOptions = true)
final class TokenCommand implements Callable<Integer> {
    @Mixin private Profiles profiles = new Profiles();
    @Mixin private Output output = new Output();

    @Spec private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--check",
            description =
                    "Only say whether there is one, renewing it when need be; print no token.")
    private boolean check;

    @Override
    public Integer call() throws InterruptedException {
        return PersonalTask.done(
                () -> {
                    String name = profiles.name();
                    HeldTokens tokens = current(profiles, command);
                    String token = tokens.accessToken().reveal();
                    ObjectNode document =
                            Output.MAPPER
                                    .createObjectNode()
                                    .put("profile", name)
                                    .put("account", tokens.account().orElse(""))
                                    .put("expires", tokens.expires().toString());
                    if (!check) {
                        document.put("accessToken", token);
                    }
                    String sentence = "logged in; the token is good until " + tokens.expires();
                    output.print(List.of(check ? sentence : token), document);
                    return ExitCodes.OK;
                });
    }

    /** Gives the tokens of a profile as they are good now; warnings go to standard error. */
    static HeldTokens current(Profiles profiles, CommandSpec command) throws InterruptedException {
        return PersonalTask.done(
                () ->
                        new AccessTokens(
                                        profiles.store(),
                                        InstantSource.system(),
                                        warning -> {
                                            command.commandLine().getErr().println(warning);
                                            command.commandLine().getErr().flush();
                                        })
                                .current(profiles.name()));
    }
}
