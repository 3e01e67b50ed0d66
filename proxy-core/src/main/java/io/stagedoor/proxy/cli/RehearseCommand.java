package io.stagedoor.proxy.cli;

import io.stagedoor.proxy.cli.demo.Demo;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code rehearse}: starts the demo, has it serve its first two commands, and ends; the launcher
 * records what that needs of the class path, for quick starts (JEP 514).
 */
@Command(
        name = "rehearse",
        hidden = true,
        description = "Start the demo, serve two requests, and end.",
        mixinStandardHelpOptions = true)
final class RehearseCommand implements Callable<Integer> {
    @Mixin private Output output = new Output();

    @Override
    public Integer call() throws InterruptedException {
        try (Demo demo =
                Demo.start(ProxyProcess::startReady, "./stagedoor", InstantSource.system())) {
            demo.rehearse();
            output.print(
                    List.of("rehearsed"), Output.MAPPER.createObjectNode().put("rehearsed", true));
            return ExitCodes.OK;
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitCodes.UNREACHABLE, "the rehearsal failed: " + e.getMessage());
        }
    }
}
