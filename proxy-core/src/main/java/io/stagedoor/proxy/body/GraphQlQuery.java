package io.stagedoor.proxy.body;

import graphql.language.Definition;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A GraphQL document that only asks (GraphQL specification, October 2021).
 *
 * <p>Refused are documents that cannot be parsed within the bounds, that hold a mutation, a
 * subscription or a definition of types, and fragments that are missing, doubled or go in circles.
 * Which of several queries is run does not matter: what any of them asks for counts.
 *
 * @param contentTypes the fields of the queries' top level, which say what kinds of content are
 *     asked for
 */
public record GraphQlQuery(Set<String> contentTypes) {

    private static final int LONGEST = 1 << 18;
    private static final int MOST_TOKENS = 10_000;
    private static final int DEEPEST = 200;
    private static final ParserOptions BOUNDS =
            ParserOptions.newParserOptions()
                    .captureIgnoredChars(false)
                    .captureSourceLocation(false)
                    .captureLineComments(false)
                    .readerTrackData(false)
                    .maxCharacters(LONGEST)
                    .maxTokens(MOST_TOKENS)
                    .maxWhitespaceTokens(MOST_TOKENS * 4)
                    .maxRuleDepth(DEEPEST)
                    .build();

    /** Copies the set. */
    public GraphQlQuery {
        contentTypes = Set.copyOf(contentTypes);
    }

    /**
     * Reads a document.
     *
     * @throws RefusedException {@code bad_request} if it is more than a query, or none
     */
    public static GraphQlQuery parse(String text) throws RefusedException {
        Document document = document(text);
        Walk walk = new Walk(document);
        int queries = 0;
        for (Definition<?> definition : document.getDefinitions()) {
            switch (definition) {
                case OperationDefinition operation -> {
                    requireQuery(operation);
                    walk.collect(operation.getSelectionSet());
                    queries++;
                }
                case FragmentDefinition fragment -> requireOnce(fragment, document);
                default -> throw bad("defines types");
            }
        }
        if (queries == 0) {
            throw bad("asks for nothing");
        }
        return new GraphQlQuery(walk.types);
    }

    private static Document document(String text) throws RefusedException {
        try {
            return new Parser()
                    .parseDocument(
                            ParserEnvironment.newParserEnvironment()
                                    .document(text)
                                    .parserOptions(BOUNDS)
                                    .build());
        } catch (InvalidSyntaxException _) {
            throw bad("cannot be parsed, or is too large");
        }
    }

    private static void requireQuery(OperationDefinition operation) throws RefusedException {
        if (operation.getOperation() != OperationDefinition.Operation.QUERY) {
            throw bad("does more than ask");
        }
    }

    private static void requireOnce(FragmentDefinition fragment, Document document)
            throws RefusedException {
        if (named(fragment.getName(), document).size() != 1) {
            throw bad("defines a fragment twice");
        }
    }

    /** One walk over the top level of all queries; every fragment is entered once. */
    private static final class Walk {

        private final Document document;
        private final Set<String> types = new TreeSet<>();
        private final Set<String> open = new HashSet<>();
        private final Set<String> done = new HashSet<>();

        private Walk(Document document) {
            this.document = document;
        }

        private void collect(SelectionSet selections) throws RefusedException {
            for (Selection<?> selection : selections.getSelections()) {
                switch (selection) {
                    case Field field -> types.add(field.getName());
                    case InlineFragment inline -> collect(inline.getSelectionSet());
                    case FragmentSpread spread -> enter(spread.getName());
                    default -> throw bad("selects in a way that is not known");
                }
            }
        }

        private void enter(String name) throws RefusedException {
            List<FragmentDefinition> found = named(name, document);
            if (found.size() != 1 || !open.add(name)) {
                throw bad("has a fragment that is missing or goes in circles");
            }
            if (done.add(name)) {
                collect(found.getFirst().getSelectionSet());
            }
            open.remove(name);
        }
    }

    private static List<FragmentDefinition> named(String name, Document document) {
        return document.getDefinitionsOfType(FragmentDefinition.class).stream()
                .filter(fragment -> fragment.getName().equals(name))
                .toList();
    }

    private static RefusedException bad(String what) {
        return StrictText.bad("the GraphQL document " + what);
    }
}
