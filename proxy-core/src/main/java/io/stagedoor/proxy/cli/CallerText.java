package io.stagedoor.proxy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Puts what a proxy sees of a caller into lines for people. */
final class CallerText {

    private CallerText() {}

    static List<String> lines(JsonNode caller) {
        List<String> lines = new ArrayList<>();
        JsonNode principal = caller.path("principal");
        String name = principal.has("name") ? principal.path("name").asText() + ", " : "";
        lines.add(
                "you are "
                        + name
                        + principal.path("kind").asText().replace('_', ' ')
                        + " "
                        + principal.path("objectId").asText()
                        + " of tenant "
                        + principal.path("tenant").asText());
        if (caller.has("clientApplication")) {
            lines.add("client application: " + caller.path("clientApplication").asText());
        }
        caller.path("actors").forEach(actor -> lines.add("on your behalf: " + actor.asText()));
        JsonNode token = caller.path("token");
        lines.add(
                "token: from "
                        + token.path("issuer").asText()
                        + ", expires "
                        + token.path("expiresAt").asText());
        lines.add("groups: " + groups(caller.path("groups")));
        caller.path("workspaces").forEach(each -> workspace(each, lines));
        return lines;
    }

    private static String groups(JsonNode groups) {
        return groups.path("known").asBoolean()
                ? groups.path("ids").size() + ", from " + source(groups)
                : "unknown; what only they would decide is answered 503";
    }

    private static String source(JsonNode groups) {
        String source = groups.path("source").asText();
        String words =
                switch (source) {
                    case "token" -> "the token";
                    case "declared" -> "the declared memberships";
                    default -> "the directory `" + source + "`";
                };
        String age = groups.path("ageSeconds").asText();
        String old = age.isEmpty() ? "" : ", " + age + " s old";
        boolean degraded = groups.path("degraded").asBoolean();
        return words + old + (degraded ? ", older than they should be" : "");
    }

    private static void workspace(JsonNode workspace, List<String> lines) {
        String name = "workspace " + workspace.path("name").asText() + ": ";
        if (!workspace.path("known").asBoolean()) {
            lines.add(name + "its role assignments are not known at present");
            return;
        }
        lines.add(
                name
                        + "snapshot "
                        + workspace.at("/snapshot/id").asText()
                        + ", "
                        + workspace.at("/snapshot/ageSeconds").asLong()
                        + " s old");
        if (workspace.path("roles").isEmpty()) {
            lines.add("  no roles");
        }
        workspace.path("roles").forEach(role -> lines.add("  " + role(role)));
        workspace.path("guardrails").forEach(each -> lines.add("  " + guardrail(each)));
    }

    private static String role(JsonNode role) {
        String group = role.path("viaGroup").asText();
        return role.path("role").asText()
                + " at "
                + role.path("scope").asText()
                + (group.isEmpty() ? "" : ", by the group " + group);
    }

    private static String guardrail(JsonNode guardrail) {
        return "guardrail `"
                + guardrail.path("name").asText()
                + "` leaves: "
                + guardrail.path("allows").asText()
                + (guardrail.path("inDoubt").asBoolean() ? " (since groups are unknown)" : "");
    }
}
