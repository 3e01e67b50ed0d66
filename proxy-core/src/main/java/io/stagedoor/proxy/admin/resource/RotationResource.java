package io.stagedoor.proxy.admin.resource;

import com.fasterxml.jackson.core.JsonGenerator;
import io.stagedoor.proxy.admin.AdminAnswers;
import io.stagedoor.proxy.admin.AdminRefusal;
import io.stagedoor.proxy.admin.AdminRequest;
import io.stagedoor.proxy.admin.AdminResource;
import io.stagedoor.proxy.admin.AdminUse;
import io.stagedoor.proxy.admin.Operator;
import io.stagedoor.proxy.http.Answer;
import java.io.IOException;
import java.util.Set;

/**
 * {@code POST /connections/rotate?site=NAME}, with {@code dry_run=true} to change nothing and {@code
 * all=true} to set what is not due: sets embedded credentials of a Tableau site's connections. The
 * status is 200 when something could not be set, too; each connection says what came of it.
 *
 * @param rotating sets them
 */
public record RotationResource(Rotating rotating) implements AdminResource {

    @Override
    public String path() {
        return "/connections/rotate";
    }

    @Override
    public Set<String> methods() {
        return Set.of("POST");
    }

    @Override
    public Access access() {
        return Access.OPERATORS;
    }

    @Override
    public Answer answer(AdminRequest request) throws AdminRefusal {
        String site =
                request.parameter("site")
                        .orElseThrow(
                                () ->
                                        AdminRefusal.of(
                                                400, "bad_request", "say which site: `?site=`"));
        Rotating.Order order =
                new Rotating.Order(
                        site,
                        request.operator().map(Operator::actor).orElse(AdminUse.NOBODY),
                        flag(request, "dry_run"),
                        flag(request, "all"));
        Rotating.Round round =
                rotating.rotate(order)
                        .orElseThrow(
                                () ->
                                        AdminRefusal.of(
                                                404,
                                                "unknown_site",
                                                "no connections of a site of this name are"
                                                        + " configured"));
        if (round.busy()) {
            throw AdminRefusal.of(409, "under_way", "another round is under way");
        }
        return AdminAnswers.json(200, json -> write(order, round, json));
    }

    private static boolean flag(AdminRequest request, String name) throws AdminRefusal {
        String said = request.parameter(name).orElse("false");
        return switch (said) {
            case "true" -> true;
            case "false" -> false;
            default ->
                    throw AdminRefusal.of(
                            400, "bad_request", "`" + name + "` is neither true nor false");
        };
    }

    private static void write(Rotating.Order order, Rotating.Round round, JsonGenerator json)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("site", order.site());
        json.writeBooleanField("dryRun", order.dryRun());
        json.writeArrayFieldStart("connections");
        for (Rotating.Rotated each : round.connections()) {
            json.writeStartObject();
            json.writeStringField("content", each.content());
            json.writeStringField("connection", each.connection());
            json.writeStringField("result", each.result());
            json.writeStringField("detail", each.detail());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
