package io.stagedoor.proxy.bench.client;

/** What is asked, and the one answer to it that counts as right. */
public enum Call {
    /** A permitted read: its audit records ride a window. */
    READ("GET", "/pipelines/daily", "", 200, 256),

    /** A permitted start of a run: two audit records, each on disk before anything follows. */
    START(
            "POST",
            "/pipelines/daily/createRun",
            "{\"day\":\"2026-01-01\",\"full\":false,\"source\":\"sales\",\"note\":\""
                    + "n".repeat(137)
                    + "\"}",
            202,
            48);

    private static final String VERSION = "?api-version=2020-12-01";

    private final String method;
    private final String path;
    private final String body;
    private final int status;
    private final int answerLength;

    Call(String method, String path, String body, int status, int answerLength) {
        this.method = method;
        this.path = path;
        this.body = body;
        this.status = status;
        this.answerLength = answerLength;
    }

    /** Returns the request's method. */
    public String method() {
        return method;
    }

    /** Returns the path without its query, by which the upstream knows the request. */
    public String path() {
        return path;
    }

    /** Returns the request target. */
    public String target() {
        return path + VERSION;
    }

    /** Returns the request's body, in ASCII; empty for none. */
    public String body() {
        return body;
    }

    /** Returns the status of the right answer. */
    public int status() {
        return status;
    }

    /** Returns the length of the right answer's body, in bytes. */
    public int answerLength() {
        return answerLength;
    }
}
