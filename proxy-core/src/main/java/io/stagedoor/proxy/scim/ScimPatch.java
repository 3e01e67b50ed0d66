package io.stagedoor.proxy.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Applies a PATCH (RFC 7644, section 3.5.2) to one resource, in the dialects of Okta and of Entra:
 * operations in any case, values without a path, members removed by a filter or by a list.
 *
 * <p>Attributes that nothing looks at may be addressed in ways that are not understood here; that is
 * passed over. Whatever touches members or a name or {@code active} is done exactly, or refused.
 */
final class ScimPatch {

    private static final Pattern ONE_MEMBER =
            Pattern.compile("(?i)members\\[\\s*value\\s+eq\\s+\"([^\"\\\\]*)\"\\s*\\]");
    private static final Pattern SIMPLE = Pattern.compile("[A-Za-z$][A-Za-z0-9$_-]*");
    private static final List<String> LOOKED_AT =
            List.of("userName", "displayName", "externalId", "active");
    private static final Set<String> READ_ONLY = Set.of("id", "meta", "schemas", "groups");

    private final ObjectNode resource;
    private final Set<String> members;

    ScimPatch(ObjectNode resource, Set<String> members) {
        this.resource = resource;
        this.members = new LinkedHashSet<>(members);
    }

    /** What an operation does. */
    private enum Verb {
        ADD,
        REPLACE,
        REMOVE
    }

    /** Applies all operations of a PATCH. */
    void apply(ObjectNode patch) throws ScimException {
        JsonNode operations = patch.path("Operations");
        if (!operations.isArray() || operations.isEmpty()) {
            throw ScimException.invalid("invalidSyntax", "`Operations` must be a list");
        }
        for (JsonNode operation : operations) {
            apply(verb(operation.path("op").asText()), operation);
        }
    }

    /** Returns the resource as it is now. */
    ObjectNode resource() {
        return resource;
    }

    /** Returns the members as they are now. */
    Set<String> members() {
        return members;
    }

    private static Verb verb(String op) throws ScimException {
        return switch (op.toLowerCase(Locale.ROOT)) {
            case "add" -> Verb.ADD;
            case "replace" -> Verb.REPLACE;
            case "remove" -> Verb.REMOVE;
            default ->
                    throw ScimException.invalid(
                            "invalidSyntax", "`op` must be add, replace or remove");
        };
    }

    private void apply(Verb verb, JsonNode operation) throws ScimException {
        JsonNode value = operation.path("value");
        String path = withoutSchema(operation.path("path").asText());
        if (path.isEmpty()) {
            applyAll(verb, value);
            return;
        }
        Matcher one = ONE_MEMBER.matcher(path);
        if (one.matches()) {
            changeOne(verb, one.group(1));
        } else if (path.equalsIgnoreCase("members")) {
            changeMembers(verb, value);
        } else {
            change(verb, path, value);
        }
    }

    private static String withoutSchema(String path) {
        boolean core =
                path.toLowerCase(Locale.ROOT).startsWith("urn:ietf:params:scim:schemas:core:");
        return core ? path.replaceFirst("^.*?2\\.0:(User|Group|user|group):?", "") : path;
    }

    private void applyAll(Verb verb, JsonNode value) throws ScimException {
        if (verb == Verb.REMOVE) {
            throw ScimException.invalid("noTarget", "what is to be removed has no `path`");
        }
        if (!value.isObject()) {
            throw ScimException.invalid(
                    "invalidValue", "a value without a `path` must be an object");
        }
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            String path = withoutSchema(entry.getKey());
            if (path.equalsIgnoreCase("members")) {
                changeMembers(verb, entry.getValue());
            } else {
                change(verb, path, entry.getValue());
            }
        }
    }

    private void changeOne(Verb verb, String member) throws ScimException {
        if (verb != Verb.REMOVE) {
            throw ScimException.invalid("invalidPath", "a member can be added or removed only");
        }
        members.remove(member);
    }

    private void changeMembers(Verb verb, JsonNode value) throws ScimException {
        switch (verb) {
            case ADD -> members.addAll(ResourceForm.members(value));
            case REPLACE -> {
                Set<String> wanted = ResourceForm.members(value);
                members.clear();
                members.addAll(wanted);
            }
            case REMOVE -> removeMembers(value);
        }
    }

    /** Without a value all members go (RFC 7644); with one, Entra means those. */
    private void removeMembers(JsonNode value) throws ScimException {
        if (value.isMissingNode() || value.isNull()) {
            members.clear();
        } else {
            members.removeAll(ResourceForm.members(value));
        }
    }

    private void change(Verb verb, String path, JsonNode value) throws ScimException {
        String[] steps = path.split("\\.", 2);
        String name = spelled(steps[0]);
        if (READ_ONLY.contains(name) || !SIMPLE.matcher(name).matches()) {
            requireNothingLookedAt(name);
            return;
        }
        if (steps.length == 2) {
            changeWithin(verb, name, steps[1], value);
        } else if (verb == Verb.REMOVE) {
            resource.remove(name);
        } else if (!name.equals("password")) {
            resource.set(name, value.deepCopy());
        }
    }

    private void changeWithin(Verb verb, String name, String rest, JsonNode value)
            throws ScimException {
        requireNothingLookedAt(name);
        boolean mayHold = resource.path(name).isMissingNode() || resource.path(name).isObject();
        if (!mayHold || !SIMPLE.matcher(rest).matches()) {
            return;
        }
        ObjectNode within = resource.withObjectProperty(name);
        if (verb == Verb.REMOVE) {
            within.remove(rest);
        } else {
            within.set(rest, value.deepCopy());
        }
    }

    private static void requireNothingLookedAt(String name) throws ScimException {
        String first = name.split("[^A-Za-z]", 2)[0];
        boolean matters =
                first.equalsIgnoreCase("members")
                        || LOOKED_AT.stream().anyMatch(first::equalsIgnoreCase);
        if (matters) {
            throw ScimException.invalid(
                    "invalidPath", "`" + first + "` cannot be changed like this");
        }
    }

    /** Names of attributes have no case (RFC 7643, section 2.1). */
    private static String spelled(String name) {
        return LOOKED_AT.stream().filter(name::equalsIgnoreCase).findFirst().orElse(name);
    }
}
