package io.stagedoor.proxy.exchange;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.stagedoor.proxy.audit.fact.RequestFacts.ClientFacts;
import io.stagedoor.proxy.journey.AdmissionTrace;
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
        Arrival arrival = new Arrival(parts.setting().door(), connection, request);
        ExchangeId id =
                new ExchangeId(
                        ExchangeId.fresh(),
                        request.method().name(),
                        request.uri(),
                        clientOf(arrival.address(), request.headers()));
        AdmissionTrace trace = new AdmissionTrace(parts.setting().clock().instant());
        ExchangeContext context =
                new ExchangeContext(id, parts, decisions, connection, trace, arrival);
        return new Exchange(context, request, arrival);
    }

    private static ClientFacts clientOf(String address, HttpHeaders headers) {
        return new ClientFacts(
                address,
                Optional.ofNullable(headers.get("user-agent")),
                Optional.ofNullable(headers.get("x-ms-client-request-id")));
    }
}
