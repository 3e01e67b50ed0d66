package io.stagedoor.proxy.testing;

import io.stagedoor.proxy.cli.demo.CastMember;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.cli.demo.DemoScenery;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The proxy with the demo's workspace and, below {@code /arm}, the factory of a {@link FakeFactory}:
 * the engineer may do all there but grant, the analyst reads its artefacts.
 */
public final class FactoryScene implements AutoCloseable {

    private static final String FACTORY =
            """
            factories:
              - name: f1
                subscription: @subscription@
                resource_group: rg1
                tenant: @tenant@
                path_prefix: /arm
                upstream: {uri: "@upstream@", trusted_certificates: ca.pem}
                credential: {static_bearer: {token: "file:factory.token"}}
            """;
    private static final String ACCESS =
            """
            assignments:
              - {principal: @engineer@, role: Synapse Administrator, scope: factories/f1}
              - {principal: @analyst@, role: Synapse Artifact User, scope: factories/f1}
            """;
    private static final String BEARER = "of-the-factory";

    private final ProxyFixture fixture;
    private final FakeFactory factory;

    private FactoryScene(ProxyFixture fixture, FakeFactory factory) {
        this.fixture = fixture;
        this.factory = factory;
    }

    /** Starts everything. */
    public static FactoryScene start() throws IOException {
        return start(UnaryOperator.identity());
    }

    /** Starts everything with a changed configuration. */
    public static FactoryScene start(UnaryOperator<String> edit) throws IOException {
        return start(_ -> {}, edit);
    }

    /** Starts everything with a changed configuration, after something was done to the scene. */
    public static FactoryScene start(Consumer<DemoScenery> prepare, UnaryOperator<String> edit)
            throws IOException {
        AtomicReference<FakeFactory> made = new AtomicReference<>();
        ProxyFixture fixture =
                ProxyFixture.start(
                        yaml -> edit.apply(extended(yaml, Objects.requireNonNull(made.get()))),
                        scenery -> {
                            made.set(FakeFactory.start(scenery.authority().issue(), BEARER));
                            scenery.folder().write("factory.token", BEARER);
                            scenery.folder().write("factory.yaml", access());
                            prepare.accept(scenery);
                        });
        return new FactoryScene(fixture, made.get());
    }

    private static String access() {
        return ACCESS.replace("@engineer@", DemoCast.ENGINEER.id().objectId())
                .replace("@analyst@", DemoCast.ANALYST.id().objectId());
    }

    private static String extended(String yaml, FakeFactory factory) {
        String entry =
                FACTORY.replace("@subscription@", FakeFactory.SUBSCRIPTION)
                        .replace("@tenant@", DemoCast.TENANT)
                        .replace("@upstream@", factory.uri().toString());
        return yaml.replaceFirst("file: access.yaml", "file: factory.yaml") + "\n" + entry;
    }

    /** Gives the proxy with what is around it. */
    public ProxyFixture fixture() {
        return fixture;
    }

    /** Gives the factory behind the proxy. */
    public FakeFactory factory() {
        return factory;
    }

    /** Gives the address under which clients reach Azure Resource Manager at the proxy. */
    public String base() {
        return "https://localhost:" + fixture.proxy().port() + "/arm";
    }

    /** Gives a caller's token. */
    public String token(CastMember caller) {
        return fixture.scenery().token(caller);
    }

    @Override
    public void close() {
        fixture.close();
        factory.close();
    }
}
