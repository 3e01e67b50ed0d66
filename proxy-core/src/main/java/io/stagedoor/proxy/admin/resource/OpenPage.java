package io.stagedoor.proxy.admin.resource;

import io.stagedoor.proxy.admin.AdminAnswers;
import io.stagedoor.proxy.admin.AdminRequest;
import io.stagedoor.proxy.admin.AdminResource;
import io.stagedoor.proxy.admin.HealthReport;
import io.stagedoor.proxy.http.Answer;
import io.stagedoor.proxy.http.Fields;
import io.stagedoor.proxy.http.LocalAnswers;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A page that everyone who reaches the port may read. It holds no secrets, but tells names of
 * workspaces.
 *
 * @param path where it is
 * @param content asked at each request
 */
public record OpenPage(String path, Supplier<Answer> content) implements AdminResource {

    private static final String JSON = "application/json; charset=utf-8";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    /** Makes {@code /health}: 200 when every part is healthy, 503 otherwise. */
    public static OpenPage health(Supplier<HealthReport> health) {
        return new OpenPage(
                "/health",
                () -> {
                    HealthReport report = health.get();
                    return answer(report.isHealthy() ? 200 : 503, JSON, report.json() + "\n");
                });
    }

    /** Makes {@code /ready}: 200 while the proxy takes work, 503 otherwise. */
    public static OpenPage ready(BooleanSupplier ready) {
        return new OpenPage(
                "/ready",
                () -> {
                    boolean takesWork = ready.getAsBoolean();
                    return answer(takesWork ? 200 : 503, JSON, "{\"ready\":" + takesWork + "}\n");
                });
    }

    /** Makes {@code /metrics}: all metrics in the Prometheus text format. */
    public static OpenPage metrics(Supplier<String> metrics) {
        return new OpenPage("/metrics", () -> answer(200, PROMETHEUS, metrics.get()));
    }

    /** Makes {@code /tableau/jwks.json}: a key set (RFC 7517, section 5). */
    public static OpenPage tableauKeySet(Supplier<String> keySet) {
        return new OpenPage("/tableau/jwks.json", () -> answer(200, JSON, keySet.get() + "\n"));
    }

    /** Makes {@code /.stagedoor/keys}: the keys that identity assertions are verified with. */
    public static OpenPage keySet(Supplier<String> keys) {
        return new OpenPage("/.stagedoor/keys", () -> LocalAnswers.keySet(keys.get()));
    }

    private static Answer answer(int status, String type, String body) {
        return AdminAnswers.text(status, type, body, Fields.none());
    }

    @Override
    public Set<String> methods() {
        return Set.of("GET");
    }

    @Override
    public Access access() {
        return Access.OPEN;
    }

    @Override
    public Answer answer(AdminRequest request) {
        return content.get();
    }
}
