package io.stagedoor.proxy.exchange;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.stagedoor.proxy.audit.fact.RequestFacts.CertificateFacts;
import io.stagedoor.proxy.audit.fact.RequestFacts.ClientFacts;
import io.stagedoor.proxy.journey.AdmissionTrace;
import io.stagedoor.proxy.listener.ClientCertificate;
import io.stagedoor.proxy.listener.ClientConnection;
import io.stagedoor.proxy.listener.ClientExchange;
import io.stagedoor.proxy.listener.RequestReceiver;
import java.util.Optional;

/** Makes an exchange of each request that the listener receives. */
public final class Exchanges implements RequestReceiver {

    private final ExchangeParts parts;
    private final DecisionRecords decisions;

    /** Makes exchanges that work with the parts. */
    public Exchanges(ExchangeParts parts) {
        this.parts = parts;
        this.decisions = new DecisionRecords(parts.setting().product());
    }

    @Override
    public ClientExchange open(ClientConnection connection, HttpRequest request) {
        ExchangeId id =
                new ExchangeId(
                        ExchangeId.fresh(),
                        request.method().name(),
                        request.uri(),
                        clientOf(connection, request.headers()));
        AdmissionTrace trace = new AdmissionTrace(parts.setting().clock().instant());
        ExchangeContext context =
                new ExchangeContext(id, parts, decisions, connection, trace, keepsAlive(request));
        return new Exchange(context, request);
    }

    private static ClientFacts clientOf(ClientConnection connection, HttpHeaders headers) {
        return new ClientFacts(
                connection.remoteAddress().getAddress().getHostAddress(),
                Optional.ofNullable(headers.get("user-agent")),
                Optional.ofNullable(headers.get("x-ms-client-request-id")),
                connection.certificate().map(Exchanges::factsOf));
    }

    private static CertificateFacts factsOf(ClientCertificate shown) {
        return new CertificateFacts(shown.thumbprint(), shown.subject());
    }

    /** RFC 9112 section 9.3, for HTTP/1.1, which is all that is served. */
    private static boolean keepsAlive(HttpRequest request) {
        return !request.headers().containsValue("connection", "close", true);
    }
}
