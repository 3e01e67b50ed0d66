package io.stagedoor.proxy.keycloak;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives every test class the same Keycloak, started by the first and stopped after the last. */
public final class SharedKeycloak implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(SharedKeycloak.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == KeycloakServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(KeycloakServer.class, _ -> started(), KeycloakServer.class);
    }

    private static KeycloakServer started() {
        try {
            return KeycloakServer.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
