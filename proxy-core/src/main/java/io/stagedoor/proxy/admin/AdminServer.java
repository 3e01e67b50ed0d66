package io.stagedoor.proxy.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.stagedoor.proxy.http.Answer;
import io.stagedoor.proxy.http.Fields;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server of the operators' port: takes a request whole and within bounds, finds its
 * resource, and answers. Each request has a virtual thread.
 *
 * <p>Without a certificate it speaks plain HTTP, and is bound to loopback unless nobody operates the
 * proxy by it: the configuration sees to that.
 */
public final class AdminServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
    private static final int MAX_FIELDS = 100;
    private static final int MAX_FIELD_CHARACTERS = 32 * 1024;
    private static final int MAX_TARGET = 8 * 1024;

    /** Bounds of the JDK's server, which knows them by properties of the whole process alone. */
    private static final Map<String, String> PROCESS_BOUNDS =
            Map.of(
                    "jdk.httpserver.maxConnections", "500",
                    "sun.net.httpserver.maxReqHeaderSize", "65536",
                    "sun.net.httpserver.maxReqTime", "30",
                    "sun.net.httpserver.maxRspTime", "120");

    private final HttpServer server;
    private final ExecutorService threads;
    private final ResourceTable resources;
    private final Gate gate;

    private AdminServer(
            HttpServer server, ExecutorService threads, ResourceTable resources, Gate gate) {
        this.server = server;
        this.threads = threads;
        this.resources = resources;
        this.gate = gate;
    }

    /**
     * Bounds how many connections there may be and how long a request may take, in this process and
     * unless said otherwise on its command line; to be called before any server is made.
     */
    public static void boundProcess() {
        PROCESS_BOUNDS.forEach(
                (name, value) -> {
                    if (System.getProperty(name) == null) {
                        System.setProperty(name, value);
                    }
                });
    }

    /**
     * Binds the address and begins to answer.
     *
     * @param tls shows the certificate; without it there is plain HTTP
     * @param resources what is offered, each path once
     * @throws IOException if the address cannot be bound; the message names it
     */
    public static AdminServer start(
            InetSocketAddress address,
            Optional<SSLContext> tls,
            Collection<AdminResource> resources,
            Gate gate)
            throws IOException {
        HttpServer server = bind(address, tls);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(threads);
        AdminServer started = new AdminServer(server, threads, new ResourceTable(resources), gate);
        server.createContext("/", started::serve);
        server.start();
        return started;
    }

    private static HttpServer bind(InetSocketAddress address, Optional<SSLContext> tls)
            throws IOException {
        try {
            if (tls.isEmpty()) {
                return HttpServer.create(address, 64);
            }
            HttpsServer server = HttpsServer.create(address, 64);
            server.setHttpsConfigurator(new HttpsConfigurator(tls.get()));
            return server;
        } catch (IOException e) {
            throw new IOException("cannot listen on `" + address + "`: " + e.getMessage(), e);
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            send(exchange, answerTo(exchange));
        }
    }

    private Answer answerTo(HttpExchange exchange) throws IOException {
        try {
            Fields fields = fieldsOf(exchange);
            String method = exchange.getRequestMethod();
            String path = String.valueOf(exchange.getRequestURI().getRawPath());
            AdminResource resource = resources.find(method, path);
            byte[] body = bodyOf(exchange, fields, resource.bodyLimit());
            String query = exchange.getRequestURI().getRawQuery();
            AdminRequest request =
                    new AdminRequest(
                            method,
                            path,
                            query == null ? "" : query,
                            fields,
                            body,
                            exchange.getRemoteAddress().getAddress().getHostAddress(),
                            Optional.empty());
            return gate.pass(request, resource);
        } catch (AdminRefusal refused) {
            return refused.answer();
        } catch (RuntimeException fault) {
            LOG.atError()
                    .addKeyValue("path", exchange.getRequestURI().getPath())
                    .setCause(fault)
                    .log("a request of an operator failed by our own fault");
            return AdminRefusal.of(500, "internal", "the proxy failed").answer();
        }
    }

    private static Fields fieldsOf(HttpExchange exchange) throws AdminRefusal {
        Fields.Builder fields = Fields.builder();
        int count = 0;
        int characters = 0;
        for (Map.Entry<String, List<String>> field : exchange.getRequestHeaders().entrySet()) {
            String name = field.getKey();
            field.getValue().forEach(value -> fields.add(name, value));
            count += field.getValue().size();
            characters += field.getValue().stream().mapToInt(String::length).sum() + name.length();
        }
        if (count > MAX_FIELDS || characters > MAX_FIELD_CHARACTERS) {
            throw AdminRefusal.of(431, "fields_too_large", "the header fields are too large");
        }
        if (exchange.getRequestURI().toString().length() > MAX_TARGET) {
            throw AdminRefusal.of(414, "target_too_long", "the request target is too long");
        }
        return fields.build();
    }

    private static byte[] bodyOf(HttpExchange exchange, Fields fields, int limit)
            throws IOException, AdminRefusal {
        String length = fields.first("Content-Length").orElse("0");
        boolean fits = length.length() < 10 && Long.parseLong(length) <= limit;
        byte[] body = fits ? exchange.getRequestBody().readNBytes(limit + 1) : new byte[0];
        if (!fits || body.length > limit) {
            throw AdminRefusal.of(
                    413, "body_too_large", "the body is longer than " + limit + " octets");
        }
        return body;
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.octets();
        answer.fields()
                .forEach(each -> exchange.getResponseHeaders().add(each.name(), each.value()));
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(answer.status(), -1);
        } else if (body.length == 0) {
            exchange.sendResponseHeaders(answer.status(), -1);
        } else {
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** Returns the port that is bound. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Stops answering. */
    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
