package io.stagedoor.proxy.refresh.testing;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.stagedoor.proxy.directory.synapse.WorkspaceTrust;
import io.stagedoor.proxy.directory.testing.FakeWorkspace;
import io.stagedoor.proxy.directory.testing.LoopbackCertificate;
import io.stagedoor.proxy.refresh.site.HttpTableauCalls;
import io.stagedoor.proxy.refresh.site.SiteSessions;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A Tableau site of tests: how it is called, and ids that occur in it. */
public final class TestSite {

    public static final String SITE = "9a8b7c6d-0000-4000-8000-000000000001";
    public static final String SALES = "9a8b7c6d-0000-4000-8000-0000000000d1";
    public static final String BOOK = "9a8b7c6d-0000-4000-8000-0000000000b1";
    public static final String FLOW = "9a8b7c6d-0000-4000-8000-0000000000f1";
    public static final String TASK = "9a8b7c6d-0000-4000-8000-0000000000a1";
    public static final String PROJECT = "9a8b7c6d-0000-4000-8000-0000000000e1";
    public static final String OTHER = "9a8b7c6d-0000-4000-8000-0000000000ff";
    public static final String CONNECTION = "9a8b7c6d-0000-4000-8000-0000000000c1";

    private TestSite() {}

    public static String path(String rest) {
        return "/api/3.24/sites/" + SITE + "/" + rest;
    }

    public static HttpTableauCalls calls(FakeWorkspace server, SiteSessions sessions) {
        return calls(server, sessions, Duration.ofSeconds(30));
    }

    public static HttpTableauCalls calls(
            FakeWorkspace server, SiteSessions sessions, Duration answer) {
        try {
            return new HttpTableauCalls(
                    new HttpTableauCalls.Site(
                            "s1",
                            server.uri(),
                            "3.24",
                            Optional.of(WorkspaceTrust.of(LoopbackCertificate.localhost().pem()))),
                    sessions,
                    new HttpTableauCalls.Limits(answer, 64 << 10, 4));
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    public static SiteSessions session() {
        return SiteSessions.of(() -> "session-1", () -> SITE);
    }

    public static ResponseDefinitionBuilder json(String body) {
        return aResponse()
                .withHeader("Content-Type", "application/json;charset=utf-8")
                .withBody(body);
    }
}
