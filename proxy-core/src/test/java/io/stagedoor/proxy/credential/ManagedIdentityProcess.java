package io.stagedoor.proxy.credential;

import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Acquires a token from the managed identity that the environment of this process describes, and
 * prints what came of it; started by {@link ManagedIdentityTest}, since the Azure libraries read
 * that environment from the process itself.
 */
final class ManagedIdentityProcess {

    private ManagedIdentityProcess() {}

    static void report(Optional<String> clientId, PrintStream out) {
        AzureTokenSource source =
                AzureTokenSource.of(
                        new CredentialSource.ManagedIdentity(clientId),
                        TokenAuthority.publicCloud(),
                        InstantSource.system());
        try {
            UpstreamCredential credential =
                    source.acquire(CredentialDemand.ofProxy("ws1")).credential();
            out.println("acquired " + credential.value());
            out.println(
                    "again "
                            + source.acquire(CredentialDemand.ofProxy("ws1")).credential().value());
        } catch (TokenUnavailableException failure) {
            out.println("failed " + failure.getMessage());
        }
    }

    /** Prints to the file that the first argument names; the second is a client id or absent. */
    public static void main(String[] arguments) throws Exception {
        try (PrintStream out =
                new PrintStream(arguments[0], java.nio.charset.StandardCharsets.UTF_8)) {
            report(arguments.length > 1 ? Optional.of(arguments[1]) : Optional.empty(), out);
        }
    }
}
