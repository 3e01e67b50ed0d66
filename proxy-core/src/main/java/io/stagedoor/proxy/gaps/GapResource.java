package io.stagedoor.proxy.gaps;

import io.stagedoor.proxy.admin.AdminAnswers;
import io.stagedoor.proxy.admin.AdminRefusal;
import io.stagedoor.proxy.admin.AdminRequest;
import io.stagedoor.proxy.admin.AdminResource;
import io.stagedoor.proxy.audit.index.TimeRange;
import io.stagedoor.proxy.audit.search.AuditQueries;
import io.stagedoor.proxy.http.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;

/**
 * {@code GET /gaps}: what callers asked for that no catalogue permits anybody.
 *
 * @param journal the folder of the audit trail
 * @param clock for the trail
 */
public record GapResource(Path journal, InstantSource clock) implements AdminResource {

    private static final int MOST = 100;

    @Override
    public String path() {
        return "/gaps";
    }

    @Override
    public Set<String> methods() {
        return Set.of("GET");
    }

    @Override
    public Access access() {
        return Access.OPERATORS;
    }

    @Override
    public Answer answer(AdminRequest request) throws AdminRefusal {
        try (AuditQueries queries = AuditQueries.open(journal, clock)) {
            GapReport report = GapReport.of(queries, TimeRange.ALWAYS, MOST);
            return AdminAnswers.json(200, json -> GapJson.write(report, json));
        } catch (IOException _) {
            throw AdminRefusal.of(503, "trail_unreadable", "the audit trail cannot be read");
        }
    }
}
