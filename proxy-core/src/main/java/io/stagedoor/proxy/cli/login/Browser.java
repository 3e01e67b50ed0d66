package io.stagedoor.proxy.cli.login;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Opens addresses in the person's own browser. */
public interface Browser {
    /** The browser that opens nothing. */
    Browser NONE = _ -> false;

    /**
     * Opens an address.
     *
     * @return whether something was started that may show it; nobody knows whether it does
     */
    boolean open(URI address);

    /**
     * Gives the way of this machine: the program that the variable {@code BROWSER} names, else the
     * system's own.
     */
    static Browser of(Map<String, String> environment, String system) {
        return address -> start(command(environment, system, address));
    }

    private static List<String> command(
            Map<String, String> environment, String system, URI address) {
        String chosen = environment.getOrDefault("BROWSER", "");
        if (!chosen.isBlank()) {
            return List.of(chosen, address.toString());
        }
        String folded = system.toLowerCase(Locale.ROOT);
        if (folded.startsWith("mac")) {
            return List.of("open", address.toString());
        }
        // INVARIANT: no shell sees the address; it goes to the program as one argument.
        return folded.startsWith("windows")
                ? List.of("rundll32", "url.dll,FileProtocolHandler", address.toString())
                : List.of("xdg-open", address.toString());
    }

    private static boolean start(List<String> command) {
        try {
            new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .getOutputStream()
                    .close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
