package io.stagedoor.proxy.cli.login;

import java.nio.charset.StandardCharsets;

/**
 * What the browser shows in the end.
 *
 * @param status of the answer
 * @param title the first line
 * @param sentence what to do next
 */
record ResultPage(int status, String title, String sentence) {
    static final ResultPage LOGGED_IN =
            new ResultPage(
                    200,
                    "You are logged in",
                    "You can close this window and go back to the command line.");
    static final ResultPage NOT_FOUND =
            new ResultPage(404, "There is nothing here", "This page ends a log-in, once.");
    static final ResultPage NOT_OURS =
            new ResultPage(
                    400,
                    "This is not the answer to the log-in under way",
                    "The command line still waits for it. Use the window that it opened last.");

    static ResultPage failed(String why) {
        return new ResultPage(
                400, "You are not logged in", why + ". The command line says what to do.");
    }

    byte[] html() {
        String page =
                """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><title>Stagedoor: @title@</title></head>
                <body><h1>@title@</h1><p>@sentence@</p></body></html>
                """;
        return page.replace("@title@", escaped(title))
                .replace("@sentence@", escaped(sentence))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
