package io.stagedoor.policy.operation;

import io.stagedoor.policy.operation.InputSyntax.Alternatives;
import io.stagedoor.policy.operation.ScopeRule.WhenAbsent;
import io.stagedoor.policy.role.Action;
import io.stagedoor.policy.scope.ItemType;
import io.stagedoor.policy.scope.RootType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The catalogue's form of requirements: {@code artifacts/read @ root & read @ any}. */
final class RequirementSyntax {

    /** Stands for "no known action covers this": nobody may. */
    static final String UNMAPPED = "unmapped";

    /** Stands for "concerns the caller alone": everybody may. */
    static final String SELF = "self";

    private static final Pattern NAME = Pattern.compile("\\w+");

    private final PathTemplate path;
    private final RootType rootType;

    RequirementSyntax(PathTemplate path, RootType rootType) {
        this.path = path;
        this.rootType = rootType;
    }

    /**
     * Reads requirements.
     *
     * @throws IllegalArgumentException if the text is of another form, an action or an item type is
     *     unknown, or a placeholder is not in the path
     */
    List<Requirement> parse(String text) {
        if (text.equals(UNMAPPED) || text.equals(SELF)) {
            return List.of();
        }
        List<Requirement> requirements = new ArrayList<>();
        for (String part : text.split(" & ", -1)) {
            requirements.add(requirement(part.strip()));
        }
        return requirements;
    }

    private Requirement requirement(String text) {
        String[] sides = text.split(" @ ", -1);
        if (sides.length != 2) {
            throw new IllegalArgumentException("`" + text + "`: expected action @ scope");
        }
        Action action = Action.ofShort(sides[0]);
        ScopeRule scope = scope(sides[1]);
        if (scope instanceof ScopeRule.Anywhere && action != Action.read()) {
            throw new IllegalArgumentException("`" + text + "`: only read holds at any scope");
        }
        return new Requirement(action, scope);
    }

    private ScopeRule scope(String text) {
        if (text.equals("root")) {
            return new ScopeRule.AtRoot();
        }
        if (text.equals("any")) {
            return new ScopeRule.Anywhere();
        }
        if (InputSyntax.isInput(text)) {
            return whole(text, InputSyntax.parse(text, path));
        }
        return item(text);
    }

    private static ScopeRule whole(String text, Alternatives alternatives) {
        if (alternatives.inputs().size() != 1) {
            throw new IllegalArgumentException("`" + text + "`: a scope has one look-up");
        }
        String last = alternatives.last().orElse("");
        WhenAbsent whenAbsent =
                switch (last) {
                    case "" -> WhenAbsent.REFUSE;
                    case "root" -> WhenAbsent.ROOT;
                    case "nothing" -> WhenAbsent.NOTHING;
                    default ->
                            throw new IllegalArgumentException(
                                    "`" + text + "` ends with neither root nor nothing");
                };
        return new ScopeRule.AtScope(alternatives.inputs().getFirst(), whenAbsent);
    }

    private ScopeRule item(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("`" + text + "` is no scope rule");
        }
        String word = text.substring(0, slash);
        ItemType type =
                ItemType.ofSegment(word, rootType)
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "`"
                                                        + word
                                                        + "` is no item of "
                                                        + rootType.segment()));
        return new ScopeRule.AtItem(type, name(text.substring(slash + 1)));
    }

    private NameSource name(String text) {
        if (InputSyntax.isInput(text)) {
            Alternatives alternatives = InputSyntax.parse(text, path);
            if (!alternatives.last().orElse("").equals("root")) {
                throw new IllegalArgumentException("`" + text + "` does not end with else root");
            }
            return new NameSource.Input(alternatives.inputs());
        }
        if (text.startsWith("{") && text.endsWith("}")) {
            String parameter = text.substring(1, text.length() - 1);
            return new NameSource.PathParameter(InputSyntax.parameter(parameter, path));
        }
        if (NAME.matcher(text).matches()) {
            return new NameSource.Constant(text);
        }
        throw new IllegalArgumentException("`" + text + "` is no name of an item");
    }
}
