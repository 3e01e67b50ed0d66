package io.stagedoor.proxy.upstream;

import io.netty.channel.EventLoop;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import io.stagedoor.proxy.upstream.endpoint.Endpoint;
import io.stagedoor.proxy.upstream.endpoint.EndpointAddress;
import io.stagedoor.proxy.upstream.endpoint.Endpoints;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Looks up the addresses of a service's endpoints, again and again, and never takes one away that
 * still answers to its name.
 *
 * <p>It asks often, and the resolver's cache answers until the lifetime of the DNS records is over,
 * so that the records say how often a server is asked. When a name cannot be looked up, the
 * addresses known before stay. Of a name that has IPv4 and IPv6 addresses the IPv4 ones are used: a
 * network without a route for the others would fail every second attempt. Confined to one event
 * loop.
 */
final class Resolution {

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final ServiceName name;
    private final Endpoints endpoints;
    private final Transport transport;
    private final EventLoop loop;
    private final Map<EndpointAddress, List<Endpoint>> known = new LinkedHashMap<>();
    private volatile boolean closed;

    private Resolution(ServiceName name, Endpoints endpoints, Transport transport) {
        this.name = name;
        this.endpoints = endpoints;
        this.transport = transport;
        this.loop = transport.group().next();
        endpoints.list().forEach(first -> known.put(first.address(), List.of(first)));
    }

    /** Makes endpoints whose names are looked up when they are first connected to. */
    static List<Endpoint> unresolved(ServiceName name) {
        return name.addresses().stream()
                .map(address -> new Endpoint(address, unresolved(address)))
                .toList();
    }

    private static InetSocketAddress unresolved(EndpointAddress address) {
        return InetSocketAddress.createUnresolved(address.host(), address.port());
    }

    /** Begins to look up; there is nothing to do for literal addresses. */
    static Resolution start(ServiceName name, Endpoints endpoints, Transport transport) {
        Resolution resolution = new Resolution(name, endpoints, transport);
        resolution.loop.execute(resolution::lookUpAll);
        return resolution;
    }

    private void lookUpAll() {
        List<EndpointAddress> names =
                name.addresses().stream().filter(Resolution::isName).distinct().toList();
        names.forEach(this::lookUp);
        if (!names.isEmpty() && !closed) {
            var _ = loop.schedule(this::lookUpAll, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private static boolean isName(EndpointAddress address) {
        String host = address.host();
        return !NetUtil.isValidIpV4Address(host) && !host.contains(":");
    }

    private void lookUp(EndpointAddress address) {
        transport
                .resolver()
                .getResolver(loop)
                .resolveAll(unresolved(address))
                .addListener((Future<List<InetSocketAddress>> done) -> onAnswer(address, done));
    }

    private void onAnswer(EndpointAddress address, Future<List<InetSocketAddress>> done) {
        if (closed || !done.isSuccess() || done.getNow().isEmpty()) {
            return;
        }
        List<InetSocketAddress> found = ofOneFamily(done.getNow());
        List<Endpoint> before = known.getOrDefault(address, List.of());
        List<Endpoint> now =
                found.stream().map(socket -> sameOrNew(before, address, socket)).toList();
        if (now.size() != before.size() || !before.containsAll(now)) {
            known.put(address, now);
            List<Endpoint> all = new ArrayList<>();
            known.values().forEach(all::addAll);
            endpoints.replace(all);
        }
    }

    private static List<InetSocketAddress> ofOneFamily(List<InetSocketAddress> all) {
        List<InetSocketAddress> four =
                all.stream().filter(it -> it.getAddress() instanceof Inet4Address).toList();
        return (four.isEmpty() ? all : four).stream().distinct().toList();
    }

    private static Endpoint sameOrNew(
            List<Endpoint> before, EndpointAddress address, InetSocketAddress socket) {
        return before.stream()
                .filter(endpoint -> endpoint.socket().equals(socket))
                .findFirst()
                .orElseGet(() -> new Endpoint(address, socket));
    }

    void close() {
        closed = true;
    }
}
