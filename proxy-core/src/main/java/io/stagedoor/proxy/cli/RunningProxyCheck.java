package io.stagedoor.proxy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.config.listener.AdminConfig;
import io.stagedoor.proxy.doctor.Check;
import io.stagedoor.proxy.doctor.Finding;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks the proxy that runs with the configuration how it is. That none runs is worth saying, and no
 * failure: a doctor may come before the start.
 *
 * @param admin where its own port is
 */
record RunningProxyCheck(AdminConfig admin) implements Check {

    private static final int GOOD = 200;

    @Override
    public String subject() {
        return "running proxy";
    }

    @Override
    public List<Finding> examine() throws InterruptedException {
        try {
            AdminPort port = AdminPort.of(admin);
            return judged(port, port.get("/health"));
        } catch (IOException silent) {
            return List.of(
                    Finding.warn(
                            subject(),
                            "none answers at port " + admin.port() + " of `" + admin.host() + "`",
                            "start it with `stagedoor run`, or say why it does not start"));
        }
    }

    private List<Finding> judged(AdminPort port, HttpResponse<String> health) {
        if (health.statusCode() == GOOD) {
            return List.of(Finding.ok(subject(), "it is well, says `" + port.root() + "`"));
        }
        List<Finding> findings = new ArrayList<>();
        for (JsonNode part : parsed(health.body()).path("components")) {
            if (!part.path("status").asText().equals("ok")) {
                findings.add(
                        Finding.fail(
                                subject(),
                                part.path("name").asText()
                                        + " is not well: "
                                        + part.path("detail").asText(),
                                "see what the same part says above"));
            }
        }
        return findings.isEmpty()
                ? List.of(
                        Finding.fail(
                                subject(),
                                "its health has status " + health.statusCode(),
                                "look whether another service has the port"))
                : findings;
    }

    private static JsonNode parsed(String body) {
        try {
            return Output.MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            return Output.MAPPER.createObjectNode();
        }
    }
}
