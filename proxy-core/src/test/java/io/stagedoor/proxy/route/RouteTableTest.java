package io.stagedoor.proxy.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.stagedoor.proxy.http.Fields;
import io.stagedoor.proxy.http.RequestHead;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {

    private static final RouteTable TABLE =
            RouteTable.of(
                    List.of(
                            rule("ws1", "WS1.dev.example", "/synapse/ws1"),
                            rule("ws2", "ws2.dev.example", ""),
                            rule("deep", "", "/synapse/ws1/deep"),
                            rule("short", "", "/short")));

    @ParameterizedTest
    @CsvSource({
        "ws1.dev.example, /pipelines?a=b, ws1, /pipelines?a=b, https://ws1.dev.example",
        "WS1.DEV.EXAMPLE, /pipelines, ws1, /pipelines, https://ws1.dev.example",
        "ws1.dev.example:8443, /pipelines, ws1, /pipelines, https://ws1.dev.example:8443",
        "ws1.dev.example, /short/a, ws1, /short/a, https://ws1.dev.example",
        "ws2.dev.example, /synapse/ws1/a, ws2, /synapse/ws1/a, https://ws2.dev.example",
        "proxy, /synapse/ws1/a?b=c, ws1, /a?b=c, https://proxy/synapse/ws1",
        "proxy, /synapse/ws1, ws1, /, https://proxy/synapse/ws1",
        "proxy:8443, /short/a%20b, short, /a%20b, https://proxy:8443/short",
        "proxy, /synapse/ws1/deep/a, deep, /a, https://proxy/synapse/ws1/deep",
        "proxy, /synapse/ws1/deeper, ws1, /deeper, https://proxy/synapse/ws1",
        "proxy, /%73ynapse/ws1/a, ws1, /a, https://proxy/synapse/ws1",
    })
    void takesTheHostFirstAndElseTheLongestPrefix(
            String host, String sent, String workspace, String target, String base)
            throws RefusedException {
        Route route = TABLE.match(head(host, sent)).getFirst();

        assertThat(route.service()).isEqualTo(workspace);
        assertThat(route.target().raw()).isEqualTo(target);
        assertThat(route.externalBase()).isEqualTo(base);
    }

    @ParameterizedTest
    @CsvSource({
        "proxy, /",
        "proxy, /synapse",
        "proxy, /synapse/ws12/a",
        "proxy, /synapse/WS1/a",
        "proxy, /shorter/a",
        "xws1.dev.example, /pipelines",
        "dev.example, /pipelines",
        "ws1.dev.example.evil, /pipelines",
    })
    void refusesWhatNoRouteNames(String host, String sent) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> TABLE.match(head(host, sent)))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(Code.NO_ROUTE))
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("ws1"));
    }

    @ParameterizedTest
    @CsvSource({
        "a.example, '', A.example, ''",
        "'', /p, '', /p",
        "'', /p, '', /P",
        "x, /p/q, y, /p/Q",
    })
    void refusesTwoRoutesOfOneName(
            String firstHost, String firstPrefix, String secondHost, String secondPrefix) {
        List<RouteRule> rules =
                List.of(rule("one", firstHost, firstPrefix), rule("two", secondHost, secondPrefix));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> RouteTable.of(rules))
                .withMessageContaining("`one`")
                .withMessageContaining("`two`");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p", "/", "/p/", "//p", "/p//q", "/.", "/p/..", "/p.", "/p q", "/p%20", "/p;q", "/é"
            })
    void refusesAPrefixThatIsNoPlainPath(String prefix) {
        assertThatIllegalArgumentException().isThrownBy(() -> rule("ws", "", prefix));
    }

    @Test
    void refusesARouteThatNothingLeadsTo() {
        assertThatIllegalArgumentException().isThrownBy(() -> rule("ws", "", ""));
    }

    @Test
    void refusesEverythingWhenThereIsNoRoute() {
        RouteTable empty = RouteTable.of(List.of());

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> empty.match(head("a", "/b")));
    }

    private static RouteRule rule(String workspace, String host, String prefix) {
        return new RouteRule(
                workspace,
                host.isEmpty() ? Set.of() : Set.of(host),
                prefix.isEmpty() ? Optional.empty() : Optional.of(prefix));
    }

    private static RequestHead head(String host, String target) throws RefusedException {
        return RequestHead.parse("GET", target, Fields.of("Host", host));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    arm.example | /r/A/b/one            | f1
                    ARM.example | /R/a/B/ONE/x?y=z      | f1
                    arm.example | /r/a/b/two/x          | f2
                    arm.example | /%72/a/b/two/x        | f2
                    arm.example | /r/a/b/three/x        | f1,f2
                    arm.example | /r/a/b/on             | f1,f2
                    arm.example | /r                    | f1,f2
                    arm.example | /                     | f1,f2
                    proxy       | /arm/r/a/b/two/x      | f2
                    proxy       | /arm/subscriptions    | f1,f2
                    """)
    void servicesOfOneNameAreToldApartByTheResource(String host, String sent, String services)
            throws RefusedException {
        RouteTable table = RouteTable.of(List.of(factory("f1", "one"), factory("f2", "two")));

        List<Route> routes = table.match(head(host, sent));

        assertThat(routes).extracting(Route::service).containsExactly(services.split(","));
        assertThat(routes.getFirst().target().raw())
                .isEqualTo(sent.startsWith("/arm/") ? sent.substring(4) : sent);
    }

    @Test
    void refusesRulesOfOneNameThatTheirResourcesDoNotTellApart() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> RouteTable.of(List.of(factory("f1", "one"), factory("f2", "ONE"))))
                .withMessageContaining("`f1` and `f2`");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                RouteTable.of(
                                        List.of(
                                                factory("f1", "one"),
                                                rule("ws1", "arm.example", ""))))
                .withMessageContaining("arm.example");
    }

    private static RouteRule factory(String service, String name) {
        return new RouteRule(
                service, Set.of("arm.example"), Optional.of("/arm"), Optional.of("/r/a/b/" + name));
    }
}
