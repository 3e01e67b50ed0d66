package io.stagedoor.proxy;

import io.stagedoor.config.listener.AdminConfig;
import io.stagedoor.config.listener.CertificateConfig;
import io.stagedoor.config.operator.OperatorsConfig;
import io.stagedoor.config.value.SecretRef;
import io.stagedoor.proxy.admin.AdminResource;
import io.stagedoor.proxy.admin.AdminServer;
import io.stagedoor.proxy.admin.Gate;
import io.stagedoor.proxy.admin.resource.ProxyState;
import io.stagedoor.proxy.operator.AdminCertificate;
import io.stagedoor.proxy.operator.OperatorList;
import io.stagedoor.proxy.operator.PresentState;
import io.stagedoor.proxy.operator.RecordedUses;
import io.stagedoor.proxy.operator.ShownOperators;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** What the operators' port is made of, but for its list of resources. Used by one thread. */
final class AdminParts {

    private final AdminConfig config;
    private final Foundation foundation;
    private final Serving serving;
    private final OperatorList operators;

    AdminParts(AdminConfig config, Foundation foundation, Serving serving) {
        this.config = config;
        this.foundation = foundation;
        this.serving = serving;
        OperatorsConfig.Members members = config.operators().members();
        this.operators =
                new OperatorList(members.principals(), members.groups(), serving::served);
    }

    /** Returns what tells what the proxy knows. */
    Supplier<ProxyState> state() {
        return new PresentState(ProductVersion.text(), serving::served, foundation.clock);
    }

    /**
     * Opens the socket.
     *
     * @throws IOException if the port is taken, or the certificate cannot be used
     */
    AdminServer open(Collection<AdminResource> resources) throws IOException {
        return AdminServer.start(
                new InetSocketAddress(config.host(), config.port()), tls(), resources, gate());
    }

    private Optional<SSLContext> tls() throws IOException {
        Optional<CertificateConfig> pair = config.tls();
        return pair.isEmpty()
                ? Optional.empty()
                : Optional.of(AdminCertificate.context(pair.get()));
    }

    private Gate gate() {
        Optional<SecretRef> key = config.operators().apiKey();
        return new Gate(
                new ShownOperators(
                        operators,
                        config.operators().audience(),
                        key.map(foundation.translation::reveal),
                        serving::served),
                new RecordedUses(foundation.trail));
    }
}
