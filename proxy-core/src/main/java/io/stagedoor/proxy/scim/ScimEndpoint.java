package io.stagedoor.proxy.scim;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.directory.remote.StrictJson;
import io.stagedoor.proxy.scim.store.Change;
import io.stagedoor.proxy.scim.store.Kind;
import io.stagedoor.proxy.scim.store.ScimState;
import io.stagedoor.proxy.scim.store.ScimStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Answers the requests of one directory that pushes its users and groups (RFC 7644). Free of any
 * HTTP server. Writes block until they are on disk; safe for any thread.
 */
public final class ScimEndpoint {

    /** The longest body that is taken. */
    public static final int LONGEST_BODY = 8 << 20;

    private static final int MOST_RESOURCES = 500_000;
    private static final int PAGE = 100;
    private static final int LONGEST_PAGE = 1000;
    private static final String LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

    private final ScimStore store;
    private final Supplier<String> token;
    private final String base;
    private final InstantSource clock;

    /**
     * Makes the endpoint.
     *
     * @param token gives the bearer token that the directory must show; asked anew for each request
     * @param base the path of the endpoint, without a slash at its end
     */
    public ScimEndpoint(ScimStore store, Supplier<String> token, String base, InstantSource clock) {
        this.store = store;
        this.token = token;
        this.base = base;
        this.clock = clock;
    }

    /** Answers a request. Nothing is thrown for what is wrong with it. */
    public ScimResponse handle(ScimRequest request) {
        try {
            if (!isAuthorised(request)) {
                return ScimResponse.challenge(
                        ScimException.of(401, "the bearer token is wrong").body());
            }
            return answer(request);
        } catch (ScimException refused) {
            return ScimResponse.of(refused.status(), refused.body());
        } catch (IOException failure) {
            boolean full = String.valueOf(failure.getMessage()).contains("No space left");
            ScimException error =
                    ScimException.of(full ? 507 : 500, "the change could not be kept; try again");
            return ScimResponse.of(error.status(), error.body());
        }
    }

    /** Takes the same time however much of the token is right. */
    private boolean isAuthorised(ScimRequest request) {
        String shown = request.authorization().orElse("");
        boolean bearer = shown.regionMatches(true, 0, "Bearer ", 0, 7);
        byte[] given = (bearer ? shown.substring(7).strip() : "").getBytes(StandardCharsets.UTF_8);
        byte[] wanted = token.get().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(given, wanted) && wanted.length > 0;
    }

    private ScimResponse answer(ScimRequest request) throws ScimException, IOException {
        List<String> segments = request.segments();
        String first = segments.isEmpty() ? "" : segments.getFirst();
        Optional<Kind> kind =
                Arrays.stream(Kind.values())
                        .filter(it -> it.collection().equals(first))
                        .findFirst();
        if (kind.isPresent() && segments.size() == 1) {
            return collection(request, kind.get());
        }
        if (kind.isPresent() && segments.size() == 2) {
            return resource(request, kind.get(), segments.get(1));
        }
        if (segments.size() <= 2 && ScimMetadata.knows(first)) {
            requireGet(request);
            return ScimResponse.of(200, ScimMetadata.of(first, segments, base));
        }
        boolean known = Set.of("Bulk", "Me", ".search").contains(first);
        throw ScimException.of(known ? 501 : 404, "there is nothing of this name here");
    }

    private static void requireGet(ScimRequest request) throws ScimException {
        if (!request.method().equals("GET")) {
            throw ScimException.of(405, "this can be read only");
        }
    }

    private ScimResponse collection(ScimRequest request, Kind kind)
            throws ScimException, IOException {
        return switch (request.method()) {
            case "GET" -> list(request.parameters(), kind);
            case "POST" -> create(kind, body(request));
            default -> throw ScimException.of(405, "a collection can be read and added to only");
        };
    }

    private ScimResponse resource(ScimRequest request, Kind kind, String id)
            throws ScimException, IOException {
        return switch (request.method()) {
            case "GET" -> shown(kind, id, withMembers(request.parameters()));
            case "PUT" -> replace(kind, id, body(request));
            case "PATCH" -> patch(kind, id, body(request));
            case "DELETE" -> delete(kind, id);
            default -> throw ScimException.of(405, "this cannot be done with a resource");
        };
    }

    private static ObjectNode body(ScimRequest request) throws ScimException {
        try {
            if (StrictJson.tree(request.body()) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException _) {
            // not well formed is as wrong as no object
        }
        throw ScimException.invalid("invalidSyntax", "the body is not one JSON object");
    }

    private ScimResponse list(Map<String, String> parameters, Kind kind) throws ScimException {
        Optional<ScimFilter> filter = Optional.empty();
        if (parameters.containsKey("filter")) {
            filter = Optional.of(ScimFilter.parse(parameters.get("filter")));
        }
        int start = Math.max(1, number(parameters, "startindex", 1));
        int count = Math.clamp(number(parameters, "count", PAGE), 0, LONGEST_PAGE);
        boolean withMembers = withMembers(parameters);
        Optional<ScimFilter> wanted = filter;
        return ScimResponse.of(
                200,
                store.read(
                        state -> {
                            List<String> ids =
                                    wanted.map(by -> by.in(state, kind))
                                            .orElseGet(() -> state.ids(kind));
                            return page(state, kind, ids, start, count, withMembers);
                        }));
    }

    private ObjectNode page(
            ScimState state,
            Kind kind,
            List<String> ids,
            int start,
            int count,
            boolean withMembers) {
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        page.putArray("schemas").add(LIST);
        ArrayNode resources = JsonNodeFactory.instance.arrayNode();
        ids.stream()
                .skip(start - 1L)
                .limit(count)
                .map(id -> ResourceForm.shown(state, kind, id, base, withMembers))
                .forEach(resources::add);
        page.put("totalResults", ids.size())
                .put("startIndex", start)
                .put("itemsPerPage", resources.size())
                .set("Resources", resources);
        return page;
    }

    private static int number(Map<String, String> parameters, String name, int fallback)
            throws ScimException {
        String text = parameters.getOrDefault(name, Integer.toString(fallback));
        if (!text.matches("-?[0-9]{1,9}")) {
            throw ScimException.invalid("invalidValue", "`" + name + "` must be a number");
        }
        return Integer.parseInt(text);
    }

    private static boolean withMembers(Map<String, String> parameters) {
        String excluded = parameters.getOrDefault("excludedattributes", "");
        return !Arrays.asList(excluded.toLowerCase(Locale.ROOT).split("[,\\s]+"))
                .contains("members");
    }

    private ScimResponse shown(Kind kind, String id, boolean withMembers) throws ScimException {
        Optional<ObjectNode> shown =
                store.read(
                        state ->
                                state.find(kind, id)
                                        .map(
                                                _ ->
                                                        ResourceForm.shown(
                                                                state,
                                                                kind,
                                                                id,
                                                                base,
                                                                withMembers)));
        return ScimResponse.of(200, shown.orElseThrow(() -> absent(kind, id)));
    }

    private ScimResponse create(Kind kind, ObjectNode pushed) throws ScimException, IOException {
        String id = UUID.randomUUID().toString();
        ObjectNode resource = ResourceForm.attributes(kind, pushed);
        Set<String> members = membersOf(kind, pushed);
        Instant now = clock.instant();
        ResourceForm.dated(resource, now, now);
        store.<ScimException>change(
                state -> {
                    if (state.size() >= MOST_RESOURCES) {
                        throw ScimException.of(507, "there are too many users and groups");
                    }
                    requireUnique(state, kind, id, resource);
                    return changes(state, new Change.Put(kind, id, resource), members);
                });
        ObjectNode body = store.read(state -> ResourceForm.shown(state, kind, id, base, true));
        return ScimResponse.created(
                body, ResourceForm.location(base, kind, id), "created " + named(kind, id));
    }

    private ScimResponse replace(Kind kind, String id, ObjectNode pushed)
            throws ScimException, IOException {
        ObjectNode resource = ResourceForm.attributes(kind, pushed);
        Set<String> members = membersOf(kind, pushed);
        store.<ScimException>change(
                state -> {
                    ResourceForm.dated(
                            resource, createdAt(found(state, kind, id)), clock.instant());
                    requireUnique(state, kind, id, resource);
                    return changes(state, new Change.Put(kind, id, resource), members);
                });
        return ScimResponse.changed(200, body(kind, id), "replaced " + named(kind, id));
    }

    private ScimResponse patch(Kind kind, String id, ObjectNode patch)
            throws ScimException, IOException {
        store.<ScimException>change(
                state -> {
                    ObjectNode before = found(state, kind, id);
                    ScimPatch work = new ScimPatch(before.deepCopy(), state.membersOf(id));
                    work.apply(patch);
                    ObjectNode resource = work.resource();
                    ResourceForm.check(kind, resource);
                    ResourceForm.dated(resource, createdAt(before), clock.instant());
                    requireUnique(state, kind, id, resource);
                    return changes(state, new Change.Put(kind, id, resource), work.members());
                });
        String what = "patched " + named(kind, id);
        return kind == Kind.GROUP
                ? ScimResponse.nothing(what) // a group may be large, and nobody reads it back
                : ScimResponse.changed(200, body(kind, id), what);
    }

    private ScimResponse delete(Kind kind, String id) throws ScimException, IOException {
        store.<ScimException>change(
                state -> {
                    found(state, kind, id);
                    return List.of(new Change.Delete(id));
                });
        return ScimResponse.nothing("deleted " + named(kind, id));
    }

    private ObjectNode body(Kind kind, String id) throws ScimException {
        Optional<ObjectNode> shown =
                store.read(
                        state ->
                                state.find(kind, id)
                                        .map(_ -> ResourceForm.shown(state, kind, id, base, true)));
        return shown.orElseThrow(() -> absent(kind, id));
    }

    private static Set<String> membersOf(Kind kind, ObjectNode pushed) throws ScimException {
        return kind == Kind.GROUP && pushed.has("members") && !pushed.path("members").isNull()
                ? ResourceForm.members(pushed.path("members"))
                : Set.of();
    }

    private static List<Change> changes(ScimState state, Change.Put put, Set<String> members)
            throws ScimException {
        List<Change> changes = new ArrayList<>();
        changes.add(put);
        Set<String> before = state.membersOf(put.id());
        Set<String> added = new LinkedHashSet<>(members);
        added.removeAll(before);
        Set<String> removed = new LinkedHashSet<>(before);
        removed.removeAll(members);
        for (String member : added) {
            requireKnown(state, put, member);
        }
        if (!added.isEmpty() || !removed.isEmpty()) {
            changes.add(new Change.Members(put.id(), added, removed));
        }
        return changes;
    }

    /** A member that is not here would be a membership that is silently lost. */
    private static void requireKnown(ScimState state, Change.Put put, String member)
            throws ScimException {
        boolean known =
                state.find(Kind.USER, member).isPresent()
                        || state.find(Kind.GROUP, member).isPresent();
        if (!known || put.kind() != Kind.GROUP) {
            throw ScimException.invalid(
                    "invalidValue", "a member was not pushed before the group that it is in");
        }
    }

    private static void requireUnique(ScimState state, Kind kind, String id, ObjectNode resource)
            throws ScimException {
        String name = kind.uniqueName();
        if (isOther(state.named(kind, resource.path(name).asText()), id)) {
            throw ScimException.taken("another " + kind.type() + " has this `" + name + "`");
        }
        if (resource.has("externalId")
                && isOther(state.external(kind, resource.path("externalId").asText()), id)) {
            throw ScimException.taken("another " + kind.type() + " has this `externalId`");
        }
    }

    private static boolean isOther(Optional<String> holder, String id) {
        return holder.filter(held -> !held.equals(id)).isPresent();
    }

    private static ObjectNode found(ScimState state, Kind kind, String id) throws ScimException {
        return state.find(kind, id).orElseThrow(() -> absent(kind, id));
    }

    private Instant createdAt(ObjectNode resource) {
        String text = resource.at("/meta/created").asText();
        return text.isEmpty() ? clock.instant() : Instant.parse(text);
    }

    private static ScimException absent(Kind kind, String id) {
        return ScimException.of(
                404, "there is no " + kind.type() + " `" + id.replace('`', '_') + "`");
    }

    private static String named(Kind kind, String id) {
        return kind.type() + " " + id;
    }
}
