package io.stagedoor.proxy.cli;

import io.stagedoor.config.value.Secret;
import io.stagedoor.config.value.SecretRef;
import io.stagedoor.config.value.SecretUnavailableException;
import java.util.Optional;

/**
 * What shows a running proxy that an operator asks: a bearer token, or else the configured key.
 *
 * @param address where the operators' port is
 * @param token the token, if one is given
 */
record OperatorProof(AdminAddress address, ShownToken token) {

    /** Returns the value of the {@code Authorization} field. */
    String authorization() {
        return token.authorization()
                .or(this::apiKey)
                .orElseThrow(
                        () ->
                                new CommandFailedException(
                                        ExitCodes.USAGE,
                                        "say who you are: --token-file, STAGEDOOR_TOKEN, or"
                                                + " `admin.api_key` in the configuration"));
    }

    private Optional<String> apiKey() {
        if (address.isGiven()) {
            return Optional.empty();
        }
        Optional<SecretRef> key = address.configuration().required().admin().operators().apiKey();
        try {
            return key.map(reference -> "ApiKey " + local(reference).reveal());
        } catch (SecretUnavailableException e) {
            throw new CommandFailedException(ExitCodes.USAGE, String.valueOf(e.getMessage()));
        }
    }

    /** The command has no identity that opens vaults. */
    private static Secret local(SecretRef reference) {
        return switch (reference) {
            case SecretRef.Local local ->
                    local.resolve(name -> Optional.ofNullable(System.getenv(name)));
            case SecretRef.VaultSecret vault ->
                    throw new SecretUnavailableException(
                            "`admin.api_key` is in a vault (`"
                                    + vault
                                    + "`), which this command cannot open: use --token-file");
        };
    }
}
