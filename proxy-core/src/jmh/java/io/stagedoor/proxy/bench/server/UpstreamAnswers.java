package io.stagedoor.proxy.bench.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.stagedoor.proxy.bench.client.Call;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The workspace's answers, head and body in one piece. Confined to one event loop. */
final class UpstreamAnswers {

    private static final String RUN_ID = "5a9d1f60-0000-4000-9000-";
    private static final int ARTIFACT_LENGTH = Call.READ.answerLength();

    private final byte[] artifact = answer("200 OK", artifactJson());
    private final byte[] unauthorized = answer("401 Unauthorized", "{}");
    private final byte[] unknown = answer("404 Not Found", "{}");
    private final byte[] assignments;
    private final byte[] definitions;
    private long runs;

    /**
     * Prepares the answers.
     *
     * @param assignments the body of the list of role assignments
     * @param definitions the body of the list of role definitions
     */
    UpstreamAnswers(String assignments, String definitions) {
        this.assignments = answer("200 OK", assignments);
        this.definitions = answer("200 OK", definitions);
    }

    /** Returns the answer to an authorized request, to be written and thereby released. */
    ByteBuf to(ByteBufAllocator allocator, String method, String target) {
        int query = target.indexOf('?');
        return copy(allocator, choose(method, query < 0 ? target : target.substring(0, query)));
    }

    private byte[] choose(String method, String path) {
        return switch (method + " " + path) {
            case "GET /pipelines/daily" -> artifact;
            case "POST /pipelines/daily/createRun" -> newRun();
            case "GET /roleAssignments" -> assignments;
            case "GET /roleDefinitions" -> definitions;
            default -> unknown;
        };
    }

    ByteBuf unauthorized(ByteBufAllocator allocator) {
        return copy(allocator, unauthorized);
    }

    private byte[] newRun() {
        runs++;
        String id = RUN_ID + String.format(Locale.ROOT, "%012x", runs);
        return answer("202 Accepted", "{\"runId\":\"" + id + "\"}");
    }

    private static ByteBuf copy(ByteBufAllocator allocator, byte[] bytes) {
        return allocator.buffer(bytes.length).writeBytes(bytes);
    }

    private static byte[] answer(String status, String body) {
        String head =
                String.format(
                        Locale.ROOT,
                        """
                HTTP/1.1 %s
                Content-Type: application/json; charset=utf-8
                Content-Length: %d
                Server: Kestrel
                Strict-Transport-Security: max-age=31536000; includeSubDomains
                x-ms-request-id: 5a9d1f60-0000-4000-a000-000000000001
                Date: Thu, 01 Jan 2026 00:00:00 GMT

                """,
                        status,
                        body.length());
        return (head.replace("\n", "\r\n") + body).getBytes(StandardCharsets.US_ASCII);
    }

    private static String artifactJson() {
        String start = "{\"name\":\"daily\",\"properties\":{\"activities\":[],\"description\":\"";
        String end = "\"}}";
        return start + "d".repeat(ARTIFACT_LENGTH - start.length() - end.length()) + end;
    }
}
