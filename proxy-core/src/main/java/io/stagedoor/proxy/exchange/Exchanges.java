package io.stagedoor.proxy.exchange;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.stagedoor.proxy.audit.fact.RequestFacts.CertificateFacts;
import io.stagedoor.proxy.audit.fact.RequestFacts.ClientFacts;
import io.stagedoor.proxy.authn.LastToken;
import io.stagedoor.proxy.journey.AdmissionTrace;
import io.stagedoor.proxy.listener.ClientCertificate;
import io.stagedoor.proxy.listener.ClientConnection;
import io.stagedoor.proxy.listener.ClientExchange;
import io.stagedoor.proxy.listener.RequestReceiver;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes an exchange of each request that the listener receives. An exchange ends with the parts that
 * it began with, whatever others begin with meanwhile.
 */
public final class Exchanges {

    private final Supplier<ExchangeParts> current;
    private final DecisionRecords decisions;

    /**
     * Makes exchanges.
     *
     * @param current asked at each request for the parts to work with; must not wait
     * @param product the version of the proxy, for the audit record
     */
    public Exchanges(Supplier<ExchangeParts> current, String product) {
        this.current = current;
        this.decisions = new DecisionRecords(product);
    }

    /** Returns what gets the requests of one connection. */
    public RequestReceiver onConnection() {
        LastToken lastToken = new LastToken();
        return (connection, request) -> open(connection, request, lastToken);
    }

    private ClientExchange open(
            ClientConnection connection, HttpRequest request, LastToken lastToken) {
        ExchangeParts parts = current.get();
        Arrival arrival = new Arrival(parts.setting().door(), connection, request);
        ExchangeId id =
                new ExchangeId(
                        ExchangeId.fresh(),
                        request.method().name(),
                        request.uri(),
                        clientOf(arrival.address(), connection, request.headers()));
        AdmissionTrace trace = new AdmissionTrace(parts.setting().clock().instant());
        ExchangeContext context =
                new ExchangeContext(id, parts, decisions, connection, trace, arrival)
                        .traced(
                                parts.setting()
                                        .tracing()
                                        .begin(id.method(), request.headers()::getAll));
        return new Exchange(context, request, arrival, lastToken);
    }

    private static ClientFacts clientOf(
            String address, ClientConnection connection, HttpHeaders headers) {
        return new ClientFacts(
                address,
                Optional.ofNullable(headers.get("user-agent")),
                Optional.ofNullable(headers.get("x-ms-client-request-id")),
                connection.certificate().map(Exchanges::factsOf));
    }

    private static CertificateFacts factsOf(ClientCertificate shown) {
        return new CertificateFacts(shown.thumbprint(), shown.subject());
    }
}
