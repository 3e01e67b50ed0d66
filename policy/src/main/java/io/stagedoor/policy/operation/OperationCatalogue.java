package io.stagedoor.policy.operation;

import io.stagedoor.policy.operation.PathTemplate.QueryCondition;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All documented operations of a platform, found by method and path. What is not in it is unmapped
 * and denied (S57). Immutable and safe for any thread; finding costs a few look-ups, whatever the
 * size.
 */
public final class OperationCatalogue {

    /** The first segment of every path that is the proxy's own, below each route. */
    public static final String RESERVED = ".stagedoor";

    private final Platform platform;
    private final List<Operation> operations;
    private final OperationTrie trie;
    private final Set<String> decidingParameters;

    OperationCatalogue(Platform platform, List<Operation> operations) {
        this.platform = platform;
        this.operations = List.copyOf(operations);
        this.trie = new OperationTrie(operations);
        this.decidingParameters =
                operations.stream()
                        .flatMap(operation -> operation.path().condition().stream())
                        .map(QueryCondition::parameter)
                        .collect(Collectors.toUnmodifiableSet());
    }

    private static final class Synapse {
        private static final OperationCatalogue CATALOGUE = ofResource("synapse.operations");
    }

    private static final class Factories {
        private static final OperationCatalogue CATALOGUE = dataFactory().and(azureResources());
    }

    /** Returns all that is open of a platform: its documented calls, and what its clients need. */
    public static OperationCatalogue of(Platform platform) {
        return switch (platform) {
            case SYNAPSE -> synapse();
            case DATA_FACTORY -> Factories.CATALOGUE;
            case TABLEAU -> tableau();
        };
    }

    /** Returns the catalogue of the 148 documented calls of the Synapse data plane. */
    public static OperationCatalogue synapse() {
        return Synapse.CATALOGUE;
    }

    private static final class BuiltIn {
        private static final OperationCatalogue CATALOGUE = ofResource("stagedoor.operations");
    }

    /** Returns the catalogue of the calls that are the proxy's own, all {@link #RESERVED}. */
    public static OperationCatalogue builtIn() {
        return BuiltIn.CATALOGUE;
    }

    private static final class DataFactory {
        private static final OperationCatalogue CATALOGUE = ofResource("data-factory.operations");
    }

    /** Returns the catalogue of the 104 documented calls of Azure Data Factory. */
    public static OperationCatalogue dataFactory() {
        return DataFactory.CATALOGUE;
    }

    private static final class AzureResources {
        private static final OperationCatalogue CATALOGUE =
                ofResource("azure-resource-manager.operations");
    }

    /**
     * Returns the catalogue of the few calls of Azure Resource Manager, above factories and beside
     * them, that the clients of Data Factory cannot do without.
     */
    public static OperationCatalogue azureResources() {
        return AzureResources.CATALOGUE;
    }

    private static final class Tableau {
        private static final OperationCatalogue CATALOGUE = ofResource("tableau.operations");
    }

    /** Returns the catalogue of the 570 documented calls of Tableau Server and Tableau Cloud. */
    public static OperationCatalogue tableau() {
        return Tableau.CATALOGUE;
    }

    private static OperationCatalogue ofResource(String name) {
        try (InputStream stream = OperationCatalogue.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("the resource `" + name + "` is missing");
            }
            return parse(name, new InputStreamReader(stream, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the resource `" + name + "` cannot be read", e);
        }
    }

    /**
     * Reads a catalogue; its form is described at the head of {@code synapse.operations}.
     *
     * @param name what to call it in complaints
     * @param reader the text; read to its end and left open
     * @throws CatalogueFormatException with all complaints, each with its line
     * @throws UncheckedIOException if the text cannot be read
     */
    public static OperationCatalogue parse(String name, Reader reader) {
        return new CatalogueParser(name).parse(reader);
    }

    /**
     * Makes a catalogue of operations that no text lists.
     *
     * @param operations of which no two have the same method, shape of the path and condition
     */
    public static OperationCatalogue of(Platform platform, List<Operation> operations) {
        return new OperationCatalogue(platform, operations);
    }

    /**
     * Returns a catalogue of the operations of both.
     *
     * @throws IllegalArgumentException if the other is of another platform, or has an operation with
     *     the name, or the method and shape of the path, of one that is here
     */
    public OperationCatalogue and(OperationCatalogue other) {
        if (platform != other.platform) {
            throw new IllegalArgumentException("the catalogues are of different platforms");
        }
        Set<String> taken =
                operations.stream()
                        .flatMap(OperationCatalogue::keys)
                        .collect(Collectors.toUnmodifiableSet());
        Optional<String> twice =
                other.operations.stream()
                        .flatMap(OperationCatalogue::keys)
                        .filter(taken::contains)
                        .findFirst();
        if (twice.isPresent()) {
            throw new IllegalArgumentException("`" + twice.get() + "` is in both catalogues");
        }
        return new OperationCatalogue(
                platform, Stream.concat(operations.stream(), other.operations.stream()).toList());
    }

    private static Stream<String> keys(Operation operation) {
        return Stream.of(operation.name(), operation.method() + " " + operation.path().shape());
    }

    /** Returns the platform. */
    public Platform platform() {
        return platform;
    }

    /** Returns all operations in the order of the text. */
    public List<Operation> operations() {
        return operations;
    }

    /** Returns the operation with this name, with case; for records, not for requests. */
    public Optional<Operation> operation(String name) {
        return operations.stream().filter(operation -> operation.name().equals(name)).findFirst();
    }

    /**
     * Returns the names of the query parameters that tell operations apart, for example {@code
     * comp}. A request that gives one of them twice is ambiguous, for two parsers may read it
     * differently, and is to be refused before it is resolved.
     */
    public Set<String> decidingParameters() {
        return decidingParameters;
    }

    /**
     * Returns the operation of a request, or empty if it is none.
     *
     * <p>The method matches with case. Literals of the path match without regard to ASCII case and
     * win over placeholders; names are kept as sent. {@code HEAD}, {@code OPTIONS} and {@code TRACE}
     * are no operations. A deciding query parameter with a value that no operation has is no
     * operation either.
     *
     * @param method the HTTP method
     * @param segments the segments of the canonical path, percent-decoded once
     * @param query gives the decoded value of a query parameter, whose name it compares without
     *     case. Asked only for {@link #decidingParameters}, and only where they decide. If it
     *     throws, for example because the parameter is there twice, the exception passes through
     */
    public Optional<MatchedOperation> resolve(
            String method, List<String> segments, Function<String, Optional<String>> query) {
        List<Operation> found = trie.find(method, segments);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Optional<Operation> operation =
                found.size() == 1 && found.getFirst().path().condition().isEmpty()
                        ? Optional.of(found.getFirst())
                        : byQuery(found, query);
        return operation.map(one -> new MatchedOperation(one, one.path().parametersOf(segments)));
    }

    /** Returns the operation of a request that has no query, or empty if it is none. */
    public Optional<MatchedOperation> resolve(String method, List<String> segments) {
        return resolve(method, segments, _ -> Optional.empty());
    }

    private static Optional<Operation> byQuery(
            List<Operation> candidates, Function<String, Optional<String>> query) {
        String parameter =
                candidates.stream()
                        .flatMap(operation -> operation.path().condition().stream())
                        .findFirst()
                        .orElseThrow()
                        .parameter();
        Optional<String> value = query.apply(parameter);
        return candidates.stream()
                .filter(operation -> accepts(operation.path().condition(), value))
                .findFirst();
    }

    private static boolean accepts(Optional<QueryCondition> condition, Optional<String> value) {
        if (condition.isEmpty() || value.isEmpty()) {
            return condition.isEmpty() && value.isEmpty();
        }
        return FoldedWords.same(condition.get().value(), value.get());
    }
}
