package io.stagedoor.proxy.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.cli.client.ClientGuide;
import io.stagedoor.proxy.cli.client.ClientProgram;
import io.stagedoor.proxy.cli.client.ClientSettings;
import io.stagedoor.proxy.cli.client.ProxyTarget;
import io.stagedoor.proxy.cli.client.Shell;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code env}: what a shell runs so that a client goes through the proxy. */
@Command(
        name = "env",
        description = {
            "Print what points clients at the proxy, as lines for a shell.",
            "Nothing is changed until you run them: eval \"$(stagedoor env)\"."
        },
        mixinStandardHelpOptions = true)
final class EnvCommand implements Callable<Integer> {
    @Option(
            names = "--client",
            paramLabel = "CLIENT",
            description =
                    "One of az, python, java, js, tableau, curl; default: the variables for all"
                            + " but az and java.")
    private @Nullable ClientProgram client;

    @Option(
            names = "--shell",
            paramLabel = "SHELL",
            defaultValue = "sh",
            description = "One of sh, powershell; default: ${DEFAULT-VALUE}.")
    private Shell shell = Shell.SH;

    @Mixin private ProxyOptions proxy = new ProxyOptions();
    @Mixin private Profiles profiles = new Profiles();
    @Mixin private Output output = new Output();

    @Override
    public Integer call() throws InterruptedException {
        return PersonalTask.done(
                () -> {
                    ProxyTarget target =
                            proxy.target(profiles)
                                    .orElseThrow(
                                            () ->
                                                    new IllegalArgumentException(
                                                            "say where the proxy is: --proxy"
                                                                    + " https://host, or --config"));
                    ClientGuide guide = new ClientGuide(target, profiles.store().home());
                    ClientSettings settings =
                            client == null ? guide.common() : guide.of(client, shell);
                    output.print(settings.lines(shell), json(settings));
                    return isUseless(settings) ? ExitCodes.FINDING : ExitCodes.OK;
                });
    }

    /** Only notes are left when the client cannot be pointed there. */
    private static boolean isUseless(ClientSettings settings) {
        return settings.variables().isEmpty() && settings.commands().isEmpty();
    }

    private static ObjectNode json(ClientSettings settings) {
        ObjectNode document = Output.MAPPER.createObjectNode();
        ObjectNode variables = document.putObject("variables");
        settings.variables().forEach(variables::put);
        ArrayNode commands = document.putArray("commands");
        settings.commands().forEach(words -> words.forEach(commands.addArray()::add));
        settings.notes().forEach(document.putArray("notes")::add);
        return document;
    }
}
