package io.stagedoor.proxy.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program of somebody else's that is run as a user runs it, in a folder of its own, with the names of
 * hosts that the test gives it.
 *
 * <p>Names are given by a hosts file of its own, mounted over the machine's for this one process: that
 * needs Linux, {@code unshare} and root.
 */
public final class ClientProcess {

    private static final String OWN_HOSTS = "mount --bind \"$0\" /etc/hosts && exec \"$@\"";

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> hosts = new ArrayList<>();

    /** Prepares to run programs in a folder, which must exist. */
    public ClientProcess(Path folder) {
        this.folder = folder;
    }

    /** Sets an environment variable. */
    public ClientProcess with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Gives host names an address. */
    public ClientProcess host(String address, String... names) {
        hosts.add(address + " " + String.join(" ", names));
        return this;
    }

    /** How a program ended. */
    public record Ending(int status, String output, String errors) {}

    /** Runs a program that has to succeed, and gives what it printed. */
    public String run(String... command) throws IOException, InterruptedException {
        Ending ending = end(command);
        assertThat(ending.status())
                .as(String.join(" ", command) + "\n" + ending.output() + ending.errors())
                .isZero();
        return ending.output();
    }

    /** Runs a program to its end. */
    public Ending end(String... command) throws IOException, InterruptedException {
        Path errors = folder.resolve("errors.txt");
        ProcessBuilder builder = new ProcessBuilder(named(command)).directory(folder.toFile());
        builder.environment().putAll(environment);
        Process process = builder.redirectError(errors.toFile()).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        return new Ending(process.exitValue(), output, Files.readString(errors));
    }

    private List<String> named(String... command) throws IOException {
        if (hosts.isEmpty()) {
            return List.of(command);
        }
        Path file =
                Files.write(
                        folder.resolve("hosts").toAbsolutePath(), hosts, StandardCharsets.UTF_8);
        List<String> named = new ArrayList<>(List.of("unshare", "--mount", "sh", "-c", OWN_HOSTS));
        named.add(file.toString());
        named.addAll(List.of(command));
        return named;
    }
}
