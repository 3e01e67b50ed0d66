package io.stagedoor.proxy.admin.resource;

import com.fasterxml.jackson.core.JsonGenerator;
import io.stagedoor.proxy.admin.AdminAnswers;
import io.stagedoor.proxy.admin.AdminRefusal;
import io.stagedoor.proxy.admin.AdminRequest;
import io.stagedoor.proxy.admin.AdminResource;
import io.stagedoor.proxy.http.Answer;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code GET /refreshes}, with {@code ?site=NAME} for one: when the content of Tableau sites was fresh
 * last, and what was held back.
 *
 * @param listing tells it
 */
public record RefreshesResource(RefreshListing listing) implements AdminResource {

    @Override
    public String path() {
        return "/refreshes";
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
        Optional<String> site = request.parameter("site");
        List<RefreshListing.Site> sites =
                listing.sites().stream()
                        .filter(each -> site.map(each.name()::equals).orElse(true))
                        .toList();
        if (site.isPresent() && sites.isEmpty()) {
            throw AdminRefusal.of(404, "unknown_site", "no site of this name is guarded");
        }
        return AdminAnswers.json(200, json -> write(sites, json));
    }

    private static void write(List<RefreshListing.Site> sites, JsonGenerator json)
            throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("sites");
        for (RefreshListing.Site site : sites) {
            write(site, json);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(RefreshListing.Site site, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", site.name());
        json.writeNumberField("held", site.held());
        json.writeNumberField("passed", site.passed());
        json.writeNumberField("warningFailures", site.warningFailures());
        json.writeArrayFieldStart("contents");
        for (RefreshListing.Row row : site.contents()) {
            write(row, json);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(RefreshListing.Row row, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", row.kind());
        json.writeStringField("luid", row.luid());
        write("lastSuccess", row.times().success(), json);
        write("lastFailure", row.times().failure(), json);
        write("lastStarted", row.times().started(), json);
        write("lastHeld", row.times().held(), json);
        json.writeNumberField("heldSinceStarted", row.heldSince());
        json.writeNumberField("heldInAll", row.heldInAll());
        if (row.evidence().isPresent()) {
            json.writeStringField("evidence", row.evidence().get());
        }
        if (row.freshness().ageSeconds().isPresent()) {
            json.writeNumberField("ageSeconds", row.freshness().ageSeconds().get());
        }
        if (row.freshness().maxAgeSeconds().isPresent()) {
            json.writeNumberField("maxAgeSeconds", row.freshness().maxAgeSeconds().get());
            json.writeBooleanField("stale", row.freshness().isStale());
        }
        json.writeEndObject();
    }

    private static void write(String name, Optional<Instant> time, JsonGenerator json)
            throws IOException {
        if (time.isPresent()) {
            json.writeStringField(name, time.get().toString());
        }
    }
}
