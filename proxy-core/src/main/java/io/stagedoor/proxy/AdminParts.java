package io.stagedoor.proxy;

import io.stagedoor.config.issuer.IssuerConfig;
import io.stagedoor.config.listener.AdminConfig;
import io.stagedoor.config.listener.CertificateConfig;
import io.stagedoor.config.operator.LoginConfig;
import io.stagedoor.config.operator.OperatorsConfig;
import io.stagedoor.config.value.SecretRef;
import io.stagedoor.proxy.admin.AdminResource;
import io.stagedoor.proxy.admin.AdminServer;
import io.stagedoor.proxy.admin.Gate;
import io.stagedoor.proxy.admin.login.AdminPages;
import io.stagedoor.proxy.admin.login.LoginSettings;
import io.stagedoor.proxy.admin.resource.ProxyState;
import io.stagedoor.proxy.authn.IdTokens;
import io.stagedoor.proxy.operator.AdminCertificate;
import io.stagedoor.proxy.operator.OperatorList;
import io.stagedoor.proxy.operator.PresentState;
import io.stagedoor.proxy.operator.RecordedUses;
import io.stagedoor.proxy.operator.ShownOperators;
import io.stagedoor.proxy.operator.SignedInOperators;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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
        this.operators = new OperatorList(members.principals(), members.groups(), serving::served);
    }

    /** Returns what tells what the proxy knows. */
    Supplier<ProxyState> state() {
        return new PresentState(ProductVersion.text(), serving::served, foundation.clock);
    }

    /**
     * Opens the socket, and what pages need.
     *
     * @param closing gets every part that has to be closed
     * @throws IOException if the port is taken, or the certificate cannot be used
     */
    AdminServer open(Collection<AdminResource> resources, ShutdownOrder closing)
            throws IOException {
        List<AdminResource> all = new ArrayList<>(resources);
        if (config.login().isPresent()) {
            all.addAll(pages(config.login().get(), closing).resources());
        }
        return closing.closing(
                AdminServer.start(
                        new InetSocketAddress(config.host(), config.port()), tls(), all, gate()));
    }

    private AdminPages pages(LoginConfig login, ShutdownOrder closing) throws IOException {
        IssuerConfig issuer =
                serving.current().config().issuers().stream()
                        .filter(each -> each.name().equals(login.issuer()))
                        .findFirst()
                        .orElseThrow();
        IdTokens tokens =
                closing.closing(
                        IdTokens.of(
                                foundation.translation.issuer(issuer),
                                login.client().id(),
                                Translation.keySetTimes(issuer),
                                foundation.clock));
        return closing.closing(
                new AdminPages(
                        settings(login, issuer),
                        new SignedInOperators(tokens, operators, serving::served),
                        new RecordedUses(foundation.trail),
                        state(),
                        foundation.clock));
    }

    private LoginSettings settings(LoginConfig login, IssuerConfig issuer) {
        return new LoginSettings(
                issuer.issuer().toString(),
                issuer.keys().trustedCertificates(),
                new LoginSettings.Client(
                        login.client().id(),
                        login.client().secret().map(foundation.translation::reveal),
                        login.client().scopes()),
                login.publicUrl(),
                login.sessions().idle(),
                login.sessions().absolute());
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
