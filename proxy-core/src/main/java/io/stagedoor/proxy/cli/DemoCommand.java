package io.stagedoor.proxy.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.cli.demo.Demo;
import io.stagedoor.proxy.cli.demo.PastedCommand;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code demo}: the proxy between an issuer and a workspace on loopback, until Ctrl-C.
 *
 * <p>With {@code --json} it prints one document: {@code proxy}, {@code admin}, {@code folder} and
 * {@code commands}, each with {@code name}, {@code title}, {@code command}, {@code exitCode} and
 * {@code prints}, the texts its output holds. The commands work from the moment it is printed.
 */
@Command(
        name = "demo",
        description =
                "Start an issuer, a workspace and the proxy on loopback; print what to paste.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    @Mixin private Output output = new Output();

    @Override
    public Integer call() {
        try (StopSignal signal = StopSignal.interruptsThisThread();
                Demo demo = start()) {
            output.print(text(demo), json(demo));
            signal.await();
        }
        return ExitCodes.OK;
    }

    private static Demo start() {
        String launcher =
                Optional.ofNullable(System.getenv("STAGEDOOR_LAUNCHER")).orElse("./stagedoor");
        try {
            return Demo.start(ProxyProcess::startReady, launcher, InstantSource.system());
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitCodes.UNREACHABLE, "the demo cannot start: " + e.getMessage());
        }
    }

    private static List<String> text(Demo demo) {
        List<String> lines = new ArrayList<>();
        lines.add("Stagedoor is running at " + demo.proxy() + ", for operators at " + demo.admin());
        lines.add("Its files, tokens included, lie in " + demo.folder());
        lines.add("Paste these into another terminal, in this order; Ctrl-C here ends the demo.");
        int number = 0;
        for (PastedCommand command : demo.commands()) {
            number++;
            lines.add("");
            lines.add(number + ". " + command.title());
            lines.add("");
            lines.add("   " + command.command());
            lines.add("");
            lines.add("   prints, among other things: " + String.join("  |  ", command.prints()));
        }
        return lines;
    }

    private static ObjectNode json(Demo demo) {
        ObjectNode document =
                Output.MAPPER
                        .createObjectNode()
                        .put("proxy", demo.proxy().toString())
                        .put("admin", demo.admin().toString())
                        .put("folder", demo.folder().toString());
        ArrayNode commands = document.putArray("commands");
        for (PastedCommand command : demo.commands()) {
            ObjectNode each =
                    commands.addObject()
                            .put("name", command.name())
                            .put("title", command.title())
                            .put("command", command.command())
                            .put("exitCode", command.exitCode());
            command.prints().forEach(each.putArray("prints")::add);
        }
        return document;
    }
}
