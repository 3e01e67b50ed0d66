package io.stagedoor.proxy.directory.definitions;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.policy.operation.ScopeValue;
import io.stagedoor.policy.scope.NameFold;
import io.stagedoor.proxy.directory.definitions.Use.Given;
import io.stagedoor.proxy.directory.remote.StrictJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Finds all that one definition names, wherever it stands: every object with a {@code referenceName},
 * so that activities of types nobody has heard of yet count too.
 *
 * <p>Member names are compared without case, as the services do. A reference whose type is not known
 * counts as {@link ThingKind#UNKNOWN} unless its type never stands for compute or a secret. Pure; for
 * one document.
 */
final class OutlineReader {

    /** The most octets of one definition. */
    static final int MOST_OCTETS = 8 << 20;

    /** The most different things that one definition may name. */
    static final int MOST_USES = 2_000;

    static final String DEFAULT_RUNTIME = "AutoResolveIntegrationRuntime";
    static final String OWN_IDENTITY = "WorkspaceSystemIdentity";

    /** Things without a scope of their own, or that are only waited for. */
    private static final Set<String> HARMLESS =
            Set.of(
                    "managedvirtualnetworkreference",
                    "sparkconfigurationreference",
                    "sqlpoolreference",
                    "triggerreference");

    private final Set<Use> uses = new LinkedHashSet<>();
    private final Set<Thing> holds = new LinkedHashSet<>();

    /** Where the walk is: within which activities, and what the innermost of them says itself. */
    private record Place(List<String> steps, Given given) {

        static final Place TOP = new Place(List.of(), Given.NOTHING);
    }

    private OutlineReader() {}

    /**
     * Reads the definition of a thing.
     *
     * @throws IOException saying what is wrong with it
     */
    static Outline read(ThingKind kind, byte[] body) throws IOException {
        OutlineReader reader = new OutlineReader();
        reader.walk(tree(body), Place.TOP, "");
        reader.addWhatIsUnsaid(kind);
        return reader.outline();
    }

    /**
     * Reads the body of a request that brings definitions along, as those of debug sessions do.
     *
     * @param choosesRuntime whether the request says on which runtime things run from then on
     * @throws IOException saying what is wrong with it
     */
    static Outline readRequest(byte[] body, boolean choosesRuntime) throws IOException {
        OutlineReader reader = new OutlineReader();
        JsonNode tree = tree(body);
        reader.walk(tree, new Place(List.of(), Given.RUNTIME), "");
        if (choosesRuntime) {
            reader.chooseRuntime(tree);
        }
        reader.hold(tree, "datasets", ThingKind.DATASET);
        reader.hold(tree, "linkedservices", ThingKind.LINKED_SERVICE);
        reader.hold(tree, "dataflows", ThingKind.DATA_FLOW);
        return reader.outline();
    }

    private static JsonNode tree(byte[] body) throws IOException {
        if (body.length > MOST_OCTETS) {
            throw new IOException("it has more than " + MOST_OCTETS + " octets");
        }
        JsonNode tree = StrictJson.tree(body);
        if (!tree.isObject()) {
            throw new IOException("it is no JSON object");
        }
        return tree;
    }

    private Outline outline() {
        return new Outline(List.copyOf(uses), holds);
    }

    /** What a definition does not say, the service takes for it. */
    private void addWhatIsUnsaid(ThingKind kind) throws IOException {
        switch (kind) {
            case LINKED_SERVICE -> {
                addUnlessNamed(Use.of(ThingKind.INTEGRATION_RUNTIME, DEFAULT_RUNTIME));
                addUnlessNamed(Use.of(ThingKind.CREDENTIAL, OWN_IDENTITY));
            }
            case NOTEBOOK, JOB_DEFINITION ->
                    addUnlessNamed(
                            new Use(ThingKind.POOL, Optional.empty(), List.of(), Given.NOTHING));
            default -> {
                // names all it needs
            }
        }
    }

    private void addUnlessNamed(Use use) throws IOException {
        if (uses.stream().noneMatch(named -> named.kind() == use.kind())) {
            add(use);
        }
    }

    private void add(Use use) throws IOException {
        uses.add(use);
        if (uses.size() > MOST_USES) {
            throw new IOException("it names more than " + MOST_USES + " things");
        }
    }

    /** Recursion is bounded by how deep a document may be nested. */
    private void walk(JsonNode node, Place place, String member) throws IOException {
        if (node.isArray()) {
            for (JsonNode element : node) {
                walk(element, placeOf(element, place, member), member);
            }
        } else if (node.isObject()) {
            reference(node, place, member);
            for (var each : node.properties()) {
                walk(each.getValue(), place, NameFold.foldAscii(each.getKey()));
            }
        }
        if (member.equals("additionallinkedservicenames")) {
            plainName(node, place);
        }
    }

    /** An element of a list of activities is one. */
    private Place placeOf(JsonNode element, Place place, String member) throws IOException {
        if (!member.endsWith("activities") || !element.isObject()) {
            return place;
        }
        List<String> steps = new ArrayList<>(place.steps());
        steps.add("activity " + text(element, "name").orElse("without a name"));
        String type =
                text(element, "type").map(NameFold::foldAscii).orElse("").toLowerCase(Locale.ROOT);
        Given given =
                switch (type) {
                    case "executedataflow" -> given(element, "integrationruntime", Given.RUNTIME);
                    case "webactivity", "webhook" -> given(element, "connectvia", Given.RUNTIME);
                    case "synapsenotebook" -> given(element, "sparkpool", Given.POOL);
                    case "sparkjob" -> given(element, "targetbigdatapool", Given.POOL);
                    default -> Given.NOTHING;
                };
        boolean runsItself =
                type.equals("executedataflow")
                        || type.equals("webactivity")
                        || type.equals("webhook");
        if (runsItself && given == Given.NOTHING) {
            add(
                    new Use(
                            ThingKind.INTEGRATION_RUNTIME,
                            Optional.of(DEFAULT_RUNTIME),
                            steps,
                            Given.NOTHING));
        }
        return new Place(steps, given);
    }

    /** What could be read in two ways is not taken as said. */
    private static Given given(JsonNode activity, String member, Given what) {
        List<JsonNode> properties = members(activity, "typeproperties");
        List<JsonNode> said =
                properties.size() == 1 ? members(properties.getFirst(), member) : List.of();
        boolean clear = said.size() == 1 && members(said.getFirst(), "referencename").size() == 1;
        return clear ? what : Given.NOTHING;
    }

    private void reference(JsonNode node, Place place, String member) throws IOException {
        List<JsonNode> names = members(node, "referencename");
        if (names.isEmpty()) {
            return;
        }
        List<JsonNode> types = members(node, "type");
        boolean harmless =
                types.size() == 1
                        && HARMLESS.contains(NameFold.foldAscii(types.getFirst().asText("")));
        if (harmless) {
            return;
        }
        ThingKind kind = types.size() > 1 ? ThingKind.UNKNOWN : kindOf(types, member);
        for (JsonNode name : names) {
            add(new Use(kind, plain(name), place.steps(), place.given()));
        }
    }

    private void plainName(JsonNode node, Place place) throws IOException {
        if (node.isTextual()) {
            add(new Use(ThingKind.LINKED_SERVICE, plain(node), place.steps(), place.given()));
        }
    }

    /** A reference that does not say its type is what its member's name says. */
    private static ThingKind kindOf(List<JsonNode> types, String member) {
        if (!types.isEmpty()) {
            return ThingKind.ofReferenceType(types.getFirst().asText("")).orElse(ThingKind.UNKNOWN);
        }
        return switch (member) {
            case "linkedservicename", "linkedservice" -> ThingKind.LINKED_SERVICE;
            case "connectvia", "integrationruntime" -> ThingKind.INTEGRATION_RUNTIME;
            case "sparkpool", "bigdatapool", "targetbigdatapool" -> ThingKind.POOL;
            case "pipeline", "pipelinereference" -> ThingKind.PIPELINE;
            case "dataset" -> ThingKind.DATASET;
            case "dataflow" -> ThingKind.DATA_FLOW;
            case "notebook" -> ThingKind.NOTEBOOK;
            case "sparkjob" -> ThingKind.JOB_DEFINITION;
            case "credential" -> ThingKind.CREDENTIAL;
            default -> ThingKind.UNKNOWN;
        };
    }

    private static Optional<String> plain(JsonNode name) {
        boolean known = name.isTextual() && !new ScopeValue.Text(name.asText()).isExpression();
        return known && !name.asText().isBlank() ? Optional.of(name.asText()) : Optional.empty();
    }

    private void chooseRuntime(JsonNode tree) throws IOException {
        for (JsonNode runtime : members(tree, "integrationruntime")) {
            for (JsonNode name : members(runtime, "name")) {
                Optional<String> known = plain(name);
                add(new Use(ThingKind.INTEGRATION_RUNTIME, known, List.of(), Given.NOTHING));
            }
        }
        addUnlessNamed(Use.of(ThingKind.INTEGRATION_RUNTIME, DEFAULT_RUNTIME));
    }

    private void hold(JsonNode tree, String list, ThingKind kind) {
        for (JsonNode defined : members(tree, list)) {
            for (JsonNode one : defined) {
                text(one, "name").ifPresent(name -> holds.add(new Thing(kind, name)));
            }
        }
    }

    private static Optional<String> text(JsonNode object, String member) {
        return members(object, member).stream()
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .findFirst();
    }

    private static List<JsonNode> members(JsonNode object, String folded) {
        List<JsonNode> found = new ArrayList<>(1);
        for (var each : object.properties()) {
            if (NameFold.foldAscii(each.getKey()).equals(folded)) {
                found.add(each.getValue());
            }
        }
        return found;
    }
}
