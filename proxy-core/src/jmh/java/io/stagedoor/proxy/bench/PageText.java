package io.stagedoor.proxy.bench;

import java.util.List;
import java.util.Locale;

/** What the page says in words. */
final class PageText {

    /** How was measured; takes the settings. */
    static final String METHOD =
            """
            The proxy alone has core 0; client and upstream share core 1. %d keep-alive connections, each run %s
            long, HTTP/1.1 in plain where no TLS is named, plain to the upstream. A request is charged everything
            that the proxy's processes use until they are at rest again. A Java proxy has spent %s of processor
            time on each scenario before anything is measured (`--warm-up-scg` for Spring Cloud Gateway), the
            others 1 s. A run of `get-new-token` is %,d requests, each with a token that its proxy never saw.
            Tokens: RS256, %d callers, %d groups each. The workspace has %,d other role assignments.
            Medians of %d rounds (smallest - largest); ratios are taken within each round.
            """;

    private static final String LEGEND =
            """
            - `get`: a permitted read of 256 bytes; its two audit records ride the read window.
            - `createRun`: the permitted start of a pipeline run, 200 bytes in; its `decided` record is on disk
              before it is forwarded, its `completed` record before it is answered.
            - `get-tls`: the read over TLS 1.3; `get-h2`: over HTTP/2; `get-new-token`: no token is shown twice.
            - `bare`: a Netty forwarder on the same event loops, TLS contexts and HTTP codecs, which looks at
              nothing: no token, no decision, no audit, no log. `nginx`: `proxy_pass`, looks at no token, access log.
            - `haproxy`: `jwt_verify` for each request, issuer, audience, expiry and a group, access log. `apache`:
              mod_auth_openidc as a resource server, the same claims, access log. `scg`: Spring Cloud Gateway as a
              resource server, the same claims, access log.
            - `stagedoor`: as shipped, `./stagedoor run`: token, decision, journal and index on disk, access log.
            - Stagedoor and `bare` exchange the credential, the others pass the client's on.
            """;

    private static final String READING =
            """
            ## What it says, and what not

            It says what a request costs in processor time, as ratios on the same machine in the same minutes. It
            does not say what a deployment can carry: on loopback the sender pays for the receiver's TCP work, and
            there is one core and one event loop. Latencies hold the client's and the upstream's waiting for the
            core that they share. What durable audit adds is the median of `createRun` beyond that of `get`, less
            the same difference at `bare`: it holds the reading of the body and of the job id too. Where others
            used the machine (load averages well above 2), read ratios and medians only.
            """;

    private PageText() {}

    /**
     * Puts the page together.
     *
     * @param parts the tables, the method, the rows about the machine
     */
    static String page(String title, Circumstances circumstances, List<String> parts) {
        return String.format(
                Locale.ROOT,
                """
                # %s

                Written by `proxy-core/bench/run %s` on %s; every run is in the JSON file beside this page.

                %s
                %s
                ## How

                %s
                ## Where

                | | |
                |---|---|
                %s
                %s\
                """,
                title,
                circumstances.command(),
                circumstances.begun(),
                parts.get(0),
                LEGEND,
                parts.get(1),
                parts.get(2),
                READING);
    }
}
