package io.stagedoor.proxy.testing;

import io.stagedoor.proxy.cli.demo.loopback.Answer;
import io.stagedoor.proxy.cli.demo.loopback.LoopbackServer;
import io.stagedoor.proxy.cli.demo.loopback.SeenRequest;
import io.stagedoor.proxy.cli.demo.loopback.ServerIdentity;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An upstream that grants whatever it is asked, be it of a factory or a Tableau site: a session, and
 * the project that holds a thing, which is always the same. It counts what it is forwarded by decision.
 * Safe for any thread.
 */
public final class WillingOrigin implements AutoCloseable {

    /** The LUID of the only site. */
    public static final String SITE = "9a8b7c6d-5e4f-4a2b-8c0d-9e8f7a6b5c4d";

    /** The only site's name in addresses. */
    public static final String CONTENT_URL = "demo";

    /** The LUID of the project that all things of the site are in. */
    public static final String PROJECT = "0d0d0d0d-1111-4222-8333-444444444444";

    private static final String ANSWER =
            """
            {"credentials": {"site": {"id": "@site@", "contentUrl": "demo"},
              "user": {"id": "5a9d1f60-0000-4000-8000-00000000005e"}, "token": "session-of-all"},
             "serverInfo": {"productVersion": {"value": "2026.1.0"}, "restApiVersion": "3.27"},
             "project": {"id": "@project@"},
             "workbook": {"project": {"id": "@project@"}},
             "view": {"project": {"id": "@project@"}},
             "datasource": {"project": {"id": "@project@"}},
             "flow": {"project": {"id": "@project@"}},
             "virtualConnection": {"project": {"id": "@project@"}},
             "customView": {"workbook": {"id": "@site@"}},
             "flowRun": {"flowId": "@site@"},
             "job": {"extractRefreshJob": {"workbook": {"id": "@site@"}}},
             "task": {"extractRefresh": {"workbook": {"id": "@site@"}},
                      "flowRun": {"flow": {"id": "@site@"}}},
             "subscription": {"content": {"type": "Workbook", "id": "@site@"}},
             "dataAlert": {"view": {"project": {"id": "@project@"}}}}
            """
                    .replace("@site@", SITE)
                    .replace("@project@", PROJECT);

    private final Map<String, Integer> forwarded = new ConcurrentHashMap<>();
    private final LoopbackServer server;

    private WillingOrigin(ServerIdentity identity) {
        this.server = LoopbackServer.start(identity, this::answer);
    }

    /** Starts it on a free port. */
    public static WillingOrigin start(ServerIdentity identity) {
        return new WillingOrigin(identity);
    }

    private Answer answer(SeenRequest request) {
        request.field("X-Stagedoor-Decision-Id")
                .ifPresent(id -> forwarded.merge(id, 1, Integer::sum));
        return Answer.json(200, ANSWER);
    }

    public URI uri() {
        return server.uri();
    }

    /** Gives how often something was forwarded under a decision. */
    public int forwarded(String decision) {
        return forwarded.getOrDefault(decision, 0);
    }

    @Override
    public void close() {
        server.close();
    }
}
