package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.testing.BearerShim;
import io.stagedoor.proxy.testing.ProxyFixture;
import io.stagedoor.proxy.testing.WebSocketEcho;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fuzzing client of the Autobahn test suite against an echo server, through a tunnel of the whole
 * proxy. A shim adds TLS and the token, which the client cannot send.
 *
 * <p>Run by {@code mvn verify -Pautobahn}, which copies the suite from its Maven artifact. Left out are
 * the cases of compression, since the echo server offers none, and those that measure how long large
 * messages take (9.*).
 */
@Tag("autobahn")
class AutobahnIT {

    private static final Logger LOG = LoggerFactory.getLogger(AutobahnIT.class);
    private static final int CASES = 247;
    private static final Path SUITE = Path.of("target/autobahn");
    private static final Set<String> GOOD = Set.of("OK", "NON_STRICT", "INFORMATIONAL");
    private static final String TUNNEL =
            "  tunnels:\n        - {name: echo, path: /sockets/echo, requires: workspaces/read}\n";

    @Test
    void everyCasePassesThroughATunnel() throws Exception {
        Map<String, String> behaviours;
        try (WebSocketEcho echo = WebSocketEcho.start();
                ProxyFixture fixture = ProxyFixture.start(yaml -> before(yaml, echo.port()));
                BearerShim shim =
                        BearerShim.start(fixture, fixture.scenery().token(DemoCast.ANALYST))) {
            behaviours =
                    run(
                            "ws://127.0.0.1:"
                                    + shim.port()
                                    + fixture.base().getPath()
                                    + "/sockets/echo");
        }

        LOG.atInfo().addKeyValue("cases", behaviours.size()).log("the suite has run");
        assertThat(behaviours).hasSize(CASES);
        assertThat(behaviours).allSatisfy((name, seen) -> assertThat(GOOD).as(name).contains(seen));
    }

    private static String before(String yaml, int port) {
        return yaml.replace(
                "    upstream:\n",
                "    upstream:\n      endpoints: ['http://127.0.0.1:" + port + "']\n    " + TUNNEL);
    }

    /** Runs the suite, which is known by name only: it is there in its profile alone. */
    private static Map<String, String> run(String url) throws Exception {
        try (URLClassLoader loader =
                new URLClassLoader(suite(), ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            Class<?> suite =
                    loader.loadClass("me.normanmaurer.maven.autobahntestsuite.AutobahnTestSuite");
            Object results =
                    suite.getMethod(
                                    "runFuzzingClient",
                                    String.class,
                                    String.class,
                                    Map.class,
                                    List.class,
                                    List.class)
                            .invoke(
                                    null,
                                    "stagedoor",
                                    url,
                                    new HashMap<String, Object>(),
                                    List.of("*"),
                                    List.of("9.*", "12.*", "13.*"));
            Map<String, String> behaviours = new TreeMap<>();
            for (Object result : (List<?>) results) {
                Class<?> type = result.getClass();
                behaviours.put(
                        String.valueOf(type.getMethod("caseName").invoke(result)),
                        String.valueOf(type.getMethod("behavior").invoke(result)));
            }
            return behaviours;
        }
    }

    private static URL[] suite() throws Exception {
        List<URL> jars = new ArrayList<>();
        try (Stream<Path> files = Files.list(SUITE)) {
            for (Path jar : files.toList()) {
                jars.add(jar.toUri().toURL());
            }
        }
        return jars.toArray(URL[]::new);
    }
}
