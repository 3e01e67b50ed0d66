package io.stagedoor.proxy.admin.login;

import io.stagedoor.proxy.admin.AdminAnswers;
import io.stagedoor.proxy.http.Answer;
import io.stagedoor.proxy.http.Fields;
import java.util.List;

/**
 * A page being written: plain HTML that needs no script, every text in it escaped. For one thread.
 */
final class Page {

    static final String STYLE =
            "body{font-family:system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}"
                    + "table{border-collapse:collapse;width:100%;margin-bottom:2rem}"
                    + "caption{text-align:left;font-weight:bold;padding:.5rem 0}"
                    + "th,td{text-align:left;padding:.4rem .6rem;border-bottom:1px solid #888;"
                    + "vertical-align:top}\n";

    private static final Fields SECURITY =
            Fields.of(
                    "Content-Security-Policy",
                    "default-src 'none'; style-src 'self'; form-action 'self';"
                            + " frame-ancestors 'none'; base-uri 'none'",
                    "X-Frame-Options",
                    "DENY",
                    "Referrer-Policy",
                    "no-referrer",
                    "Cross-Origin-Opener-Policy",
                    "same-origin",
                    "Cross-Origin-Resource-Policy",
                    "same-origin");

    private final StringBuilder html = new StringBuilder(4096);

    private Page(String title) {
        html.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width\">")
                .append("<title>")
                .append(escaped(title))
                .append("</title><link rel=\"stylesheet\" href=\"/style.css\"></head><body><main>")
                .append("<h1>")
                .append(escaped(title))
                .append("</h1>\n");
    }

    static Page titled(String title) {
        return new Page(title);
    }

    Page paragraph(String text) {
        html.append("<p>").append(escaped(text)).append("</p>\n");
        return this;
    }

    Page link(String target, String text) {
        html.append("<p><a href=\"")
                .append(escaped(target))
                .append("\">")
                .append(escaped(text))
                .append("</a></p>\n");
        return this;
    }

    /** Writes a form with one button, which carries the session's key. */
    Page button(String target, String formKey, String text) {
        html.append("<form method=\"post\" action=\"")
                .append(escaped(target))
                .append("\"><input type=\"hidden\" name=\"form_key\" value=\"")
                .append(escaped(formKey))
                .append("\"><button type=\"submit\">")
                .append(escaped(text))
                .append("</button></form>\n");
        return this;
    }

    Page table(String caption, List<String> columns, List<List<String>> rows) {
        html.append("<table><caption>").append(escaped(caption)).append("</caption><thead><tr>");
        columns.forEach(
                column ->
                        html.append("<th scope=\"col\">").append(escaped(column)).append("</th>"));
        html.append("</tr></thead><tbody>\n");
        rows.forEach(this::row);
        html.append("</tbody></table>\n");
        return this;
    }

    private void row(List<String> cells) {
        html.append("<tr><th scope=\"row\">").append(escaped(cells.getFirst())).append("</th>");
        cells.stream()
                .skip(1)
                .forEach(cell -> html.append("<td>").append(escaped(cell)).append("</td>"));
        html.append("</tr>\n");
    }

    Answer answer(int status, Fields further) {
        return AdminAnswers.text(
                status,
                "text/html; charset=utf-8",
                html + "</main></body></html>\n",
                Fields.builder().addAll(SECURITY).addAll(further).build());
    }

    static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.chars()
                .forEach(
                        each -> {
                            switch (each) {
                                case '<' -> out.append("&lt;");
                                case '>' -> out.append("&gt;");
                                case '&' -> out.append("&amp;");
                                case '"' -> out.append("&quot;");
                                case '\'' -> out.append("&#39;");
                                default -> out.append((char) each);
                            }
                        });
        return out.toString();
    }
}
