package io.stagedoor.proxy.credential.vault;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.exception.ResourceNotFoundException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.stream.Stream;

/** Says in short words why a vault gave no secret; nothing of its answer is repeated. */
final class VaultFailures {

    private static final int DEEPEST = 16;

    private VaultFailures() {}

    static String describe(RuntimeException failure) {
        return switch (failure) {
            case UnreadableSecretException said -> String.valueOf(said.getMessage());
            case ResourceNotFoundException _ -> "the vault has no such secret";
            case ClientAuthenticationException _ -> refused();
            case HttpResponseException answer when answer.getResponse() != null ->
                    ofStatus(answer.getResponse().getStatusCode());
            default -> ofCause(failure);
        };
    }

    private static String ofStatus(int status) {
        return switch (status) {
            case 401 -> refused();
            case 403 ->
                    "the vault does not let the proxy's identity read it, or it is disabled, or a"
                            + " firewall stands in the way (status 403)";
            case 404 -> "the vault has no such secret";
            default -> "the vault answered with status " + status;
        };
    }

    private static String refused() {
        return "the vault does not accept the proxy's identity (status 401)";
    }

    private static String ofCause(RuntimeException failure) {
        return Stream.iterate((Throwable) failure, cause -> cause != null, Throwable::getCause)
                .limit(DEEPEST)
                .map(VaultFailures::known)
                .filter(known -> !known.isEmpty())
                .findFirst()
                .orElse("the vault's answer cannot be read");
    }

    private static String known(Throwable cause) {
        return switch (cause) {
            case UnknownHostException _ -> "its host name is not known";
            case HttpConnectTimeoutException _ -> "the vault cannot be reached";
            case ConnectException _ -> "the vault cannot be reached";
            case HttpTimeoutException _ -> "the vault did not answer in time";
            case javax.net.ssl.SSLException _ -> "the vault's certificate is not trusted";
            case UnreadableSecretException said -> String.valueOf(said.getMessage());
            default -> "";
        };
    }
}
