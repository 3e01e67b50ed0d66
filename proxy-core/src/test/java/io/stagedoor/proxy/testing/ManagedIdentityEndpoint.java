package io.stagedoor.proxy.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * The endpoint at which a machine's programs get tokens of its managed identity ({@code MSI_ENDPOINT}),
 * whatever audience they ask for.
 */
public final class ManagedIdentityEndpoint implements AutoCloseable {

    private final HttpServer server;
    private final Supplier<String> token;

    private ManagedIdentityEndpoint(HttpServer server, Supplier<String> token) {
        this.server = server;
        this.token = token;
    }

    /** Starts it on a free loopback port. */
    public static ManagedIdentityEndpoint start(Supplier<String> token) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        ManagedIdentityEndpoint endpoint = new ManagedIdentityEndpoint(server, token);
        server.createContext("/token", endpoint::answer);
        server.start();
        return endpoint;
    }

    /** Gives its address. */
    public String uri() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/token";
    }

    private void answer(HttpExchange exchange) throws IOException {
        long expires = InstantSource.system().instant().plus(Duration.ofHours(1)).getEpochSecond();
        byte[] body =
                ("{\"access_token\":\""
                                + token.get()
                                + "\",\"token_type\":\"Bearer\",\"resource\":\"any\",\"expires_on\":\""
                                + expires
                                + "\",\"expires_in\":\"3600\"}")
                        .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
