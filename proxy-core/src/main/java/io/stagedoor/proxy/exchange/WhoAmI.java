package io.stagedoor.proxy.exchange;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.stagedoor.policy.decision.CallerAccess;
import io.stagedoor.policy.principal.GroupMembership;
import io.stagedoor.policy.principal.GroupOrigin;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.proxy.authn.VerifiedToken;
import io.stagedoor.proxy.journey.CallerView;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Writes what the proxy sees of a caller as the JSON document that the caller gets. */
final class WhoAmI {

    private static final JsonFactory JSON = new JsonFactory();

    private WhoAmI() {}

    static String tell(CallerView view) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            caller(view, json);
            groups(view, json);
            token(view.token(), json);
            json.writeArrayFieldStart("workspaces");
            for (CallerView.InWorkspace each : view.workspaces()) {
                workspace(each, view, json);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static void caller(CallerView view, JsonGenerator json) throws IOException {
        VerifiedToken token = view.token();
        json.writeObjectFieldStart("principal");
        json.writeStringField("tenant", token.principal().tenant());
        json.writeStringField("objectId", token.principal().objectId());
        json.writeStringField("kind", token.kind().name().toLowerCase(Locale.ROOT));
        text("name", token.label(), json);
        json.writeEndObject();
        text("clientApplication", token.clientApplication(), json);
        texts("actors", token.actorChain(), json);
    }

    /** Groups are known, or unknown; either way somebody told, or could not. */
    private static void groups(CallerView view, JsonGenerator json) throws IOException {
        GroupMembership membership = view.principal().groups();
        json.writeObjectFieldStart("groups");
        switch (membership) {
            case GroupMembership.Known(Set<PrincipalId> groups, GroupOrigin _) -> {
                json.writeBooleanField("known", true);
                texts("ids", groups.stream().map(PrincipalId::objectId).sorted().toList(), json);
            }
            case GroupMembership.Unknown _ -> json.writeBooleanField("known", false);
        }
        json.writeStringField("source", membership.origin().source());
        Optional<Duration> age = membership.origin().ageAt(view.at());
        if (age.isPresent()) {
            json.writeNumberField("ageSeconds", age.get().toSeconds());
        }
        json.writeBooleanField("degraded", membership.origin().degraded());
        json.writeEndObject();
    }

    private static void token(VerifiedToken token, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("token");
        json.writeStringField("issuer", token.issuerName());
        texts("audiences", token.audiences().stream().sorted().toList(), json);
        json.writeStringField("expiresAt", token.expiresAt().toString());
        json.writeEndObject();
    }

    private static void workspace(
            CallerView.InWorkspace workspace, CallerView view, JsonGenerator json)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("name", workspace.workspace());
        json.writeBooleanField("known", workspace.known().isPresent());
        if (workspace.known().isPresent()) {
            CallerView.Known known = workspace.known().get();
            json.writeObjectFieldStart("snapshot");
            json.writeStringField("id", known.snapshot().id());
            json.writeNumberField("ageSeconds", known.snapshot().ageAt(view.at()).toSeconds());
            json.writeEndObject();
            roles(known.access().roles(), json);
            guardrails(known.access().limits(), json);
        }
        json.writeEndObject();
    }

    private static void roles(List<CallerAccess.Role> roles, JsonGenerator json)
            throws IOException {
        json.writeArrayFieldStart("roles");
        for (CallerAccess.Role role : roles) {
            json.writeStartObject();
            json.writeStringField("role", role.name());
            json.writeStringField("scope", role.assignment().scope().text());
            text("viaGroup", role.viaGroup().map(PrincipalId::objectId), json);
            json.writeStringField("assignment", role.assignment().id());
            json.writeStringField("source", role.assignment().source());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void guardrails(List<CallerAccess.Limit> limits, JsonGenerator json)
            throws IOException {
        json.writeArrayFieldStart("guardrails");
        for (CallerAccess.Limit limit : limits) {
            json.writeStartObject();
            json.writeStringField("name", limit.name());
            json.writeStringField("allows", limit.allowance());
            json.writeBooleanField("inDoubt", limit.inDoubt());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void text(String name, Optional<String> value, JsonGenerator json)
            throws IOException {
        if (value.isPresent()) {
            json.writeStringField(name, value.get());
        }
    }

    private static void texts(String name, Collection<String> values, JsonGenerator json)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
