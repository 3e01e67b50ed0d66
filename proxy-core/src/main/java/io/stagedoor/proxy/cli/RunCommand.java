package io.stagedoor.proxy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.config.StagedoorConfig;
import io.stagedoor.proxy.admin.AdminServer;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code run}: the proxy, until SIGTERM or Ctrl-C, when it drains. */
@Command(
        name = "run",
        description = {
            "Run the proxy until it is told to stop; then drain and end.",
            "It takes up changed files by itself, and at once on SIGHUP."
        },
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    @Mixin private Configuration configuration = new Configuration();
    @Mixin private Output output = new Output();

    @Override
    public Integer call() {
        StagedoorConfig config = configuration.required();
        AdminServer.boundProcess();
        try (StopSignal signal = StopSignal.interruptsThisThread();
                ProxyProcess proxy = start(config)) {
            ReloadSignal.calls(proxy::reload);
            output.printOnlyJson(ports(proxy));
            signal.await();
        }
        return ExitCodes.OK;
    }

    private static ObjectNode ports(ProxyProcess proxy) {
        return Output.MAPPER
                .createObjectNode()
                .put("port", proxy.port())
                .put("adminPort", proxy.adminPort());
    }

    private ProxyProcess start(StagedoorConfig config) {
        try {
            return ProxyProcess.start(config, configuration.file());
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitCodes.UNREACHABLE, "the proxy cannot start: " + e.getMessage());
        }
    }
}
