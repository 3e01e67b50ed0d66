package io.stagedoor.policy.operation;

import io.stagedoor.policy.operation.JobIdRule.Where;
import io.stagedoor.policy.operation.Ownership.Rule;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The catalogue's form of traits: {@code starts-run, creates livySession, names notebook [body
 * /notebook]}. Holds what it has read of one operation.
 */
final class TraitSyntax {

    private static final Pattern SCOPE = Pattern.compile("[a-z]+:[a-z_]+:[a-z_]+");

    /** A comma, but not one within brackets. */
    private static final String BETWEEN_TRAITS = ",(?![^(]*\\))";

    private static final String FILTER = "filter(";

    private final PathTemplate path;
    private final List<JobIdRule> jobIds;
    private final Set<OperationFlag> flags = EnumSet.noneOf(OperationFlag.class);
    private final List<NamedResource> resources;
    private final List<RootReference> roots;
    private final Set<String> scopes = new TreeSet<>();
    private Optional<String> twinOf = Optional.empty();
    private Optional<Ownership> ownership = Optional.empty();
    private Optional<ListFilter> filter = Optional.empty();

    TraitSyntax(PathTemplate path, List<JobIdRule> jobIds, Vocabulary vocabulary) {
        this.path = path;
        this.jobIds = jobIds;
        this.resources = new ArrayList<>(vocabulary.namedBy(path));
        this.roots = vocabulary.rootsIn(path);
    }

    /**
     * Reads traits; a dash stands for none.
     *
     * @throws IllegalArgumentException if a trait is unknown, repeated, or says something of an id or
     *     a placeholder that is not there
     */
    OperationTraits parse(String text, Set<Integer> successStatus) {
        if (!text.equals("-")) {
            for (String trait : text.split(BETWEEN_TRAITS, -1)) {
                read(trait.strip());
            }
        }
        Set<String> kinds = new HashSet<>();
        for (NamedResource resource : resources) {
            if (!kinds.add(resource.kind())) {
                throw new IllegalArgumentException("two names of one `" + resource.kind() + "`");
            }
        }
        return new OperationTraits(
                flags,
                successStatus,
                jobIds,
                resources,
                ownership,
                filter,
                new PlatformTraits(scopes, roots, twinOf));
    }

    private void read(String trait) {
        if (trait.startsWith(FILTER) && trait.endsWith(")")) {
            readFilter(trait);
            return;
        }
        String[] words = trait.split("\\s+", 3);
        switch (words[0]) {
            case "creates" -> own(trait, words, Rule.CREATES);
            case "claims" -> own(trait, words, Rule.CLAIMS);
            case "owner-only" -> own(trait, words, Rule.OWNER_ONLY);
            case "scope" -> addScope(trait, words);
            case "twin-of" -> twin(trait, words);
            case "names" -> resources.add(named(trait, words));
            default -> addFlag(trait);
        }
    }

    private void readFilter(String trait) {
        if (filter.isPresent()) {
            throw new IllegalArgumentException("`" + trait + "`: a list is filtered by one thing");
        }
        String parts = trait.substring(FILTER.length(), trait.length() - 1);
        filter = Optional.of(ListFilter.parse(parts));
    }

    private void addFlag(String trait) {
        OperationFlag flag =
                OperationFlag.find(trait)
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "`" + trait + "` is no known trait"));
        if (!flags.add(flag)) {
            throw new IllegalArgumentException("trait `" + trait + "` stands twice");
        }
    }

    private void addScope(String trait, String[] words) {
        if (words.length != 2 || !SCOPE.matcher(words[1]).matches() || !scopes.add(words[1])) {
            throw new IllegalArgumentException("`" + trait + "`: expected one scope, once");
        }
    }

    private void twin(String trait, String[] words) {
        if (words.length != 2 || twinOf.isPresent()) {
            throw new IllegalArgumentException("`" + trait + "`: expected one operation");
        }
        twinOf = Optional.of(words[1]);
    }

    private void own(String trait, String[] words, Rule rule) {
        if (words.length != 2 || ownership.isPresent()) {
            throw new IllegalArgumentException("`" + trait + "`: expected one kind of job id");
        }
        Where where = rule == Rule.CREATES ? Where.RESPONSE_BODY : Where.PATH;
        JobIdRule id =
                jobIds.stream()
                        .filter(one -> one.kind().equals(words[1]) && one.where() == where)
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "`" + trait + "`: no such id in the " + where));
        ownership = Optional.of(new Ownership(rule, id));
    }

    private NamedResource named(String trait, String[] words) {
        if (words.length != 3) {
            throw new IllegalArgumentException("`" + trait + "`: expected names KIND [look-up]");
        }
        InputSyntax.Alternatives source = InputSyntax.parse(words[2], path);
        if (source.last().isPresent()) {
            throw new IllegalArgumentException("`" + trait + "`: a name has no last resort");
        }
        return new NamedResource(words[1], new NameSource.Input(source.inputs()));
    }
}
