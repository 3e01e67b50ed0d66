package io.stagedoor.policy.operation;

import io.stagedoor.policy.scope.ItemType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the answer of a list can be narrowed to what a caller may see, item by item. In the catalogue:
 * {@code filter(/value/*,linkedServices,/name)}.
 *
 * @param items where the items stand in the answer: the names that lead to them from the top, as a
 *     JSON pointer (RFC 6901) that ends in {@code /*}; in XML the elements below the document's own,
 *     the last of which is an item
 * @param kind the kind of scope at which the right to see an item is held
 * @param name where, below the item, the name of its scope stands: a member in JSON, an attribute in
 *     XML
 */
public record ListFilter(String items, ItemType kind, String name) {

    private static final String EACH = "/*";

    /**
     * Checks both places.
     *
     * @throws IllegalArgumentException if one of them is of another form
     */
    public ListFilter {
        boolean list = items.endsWith(EACH) && isPlain(items.substring(0, items.length() - 2));
        if (!list || !isPlain(name)) {
            throw new IllegalArgumentException(
                    "`" + items + "` and `" + name + "`: expected /name/.../* and /name/...");
        }
    }

    private static boolean isPlain(String pointer) {
        return pointer.matches("(/[^/*~\\s]+)+");
    }

    /**
     * Reads what stands between the brackets.
     *
     * @throws IllegalArgumentException if it is no filter
     */
    static ListFilter parse(String text) {
        String[] parts = text.split(",", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException(
                    "`filter(" + text + ")`: expected filter(ITEMS,KIND,NAME)");
        }
        return new ListFilter(parts[0].strip(), kind(parts[1].strip()), parts[2].strip());
    }

    private static ItemType kind(String segment) {
        Optional<ItemType> found =
                Stream.of(ItemType.values())
                        .filter(type -> type.segment().equals(segment))
                        .findFirst();
        return found.orElseThrow(
                () -> new IllegalArgumentException("`" + segment + "` is no kind of item"));
    }

    /** Returns the names that lead to the items, for example {@code workbooks} and {@code workbook}. */
    public List<String> path() {
        return names(items.substring(0, items.length() - EACH.length()));
    }

    /** Returns the names that lead from an item to the name of its scope. */
    public List<String> namePath() {
        return names(name);
    }

    private static List<String> names(String pointer) {
        return List.of(pointer.substring(1).split("/", -1));
    }

    /** Returns the form of the catalogue. */
    @Override
    public String toString() {
        return "filter(" + items + "," + kind.segment() + "," + name + ")";
    }
}
