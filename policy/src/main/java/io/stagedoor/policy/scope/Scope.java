package io.stagedoor.policy.scope;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A place where a right holds: a root such as {@code workspaces/ws1}, or one item below it such as
 * {@code workspaces/ws1/bigDataPools/small}.
 *
 * <p>Two levels and no more; a root covers its items and itself, an item covers itself alone.
 * Scopes are compared by whole segments after {@link NameFold folding}, and keep their text as it
 * was given. Names are in decoded form: a scope that stands in a query string is percent-decoded
 * before it is parsed. Immutable and safe for any thread.
 */
public final class Scope implements Comparable<Scope> {

    private static final int MAX_ITEM_NAME = 260;

    private final RootType rootType;
    private final String rootName;
    private final @Nullable ItemType itemType;
    private final String itemName;
    private final String text;
    private final String key;
    private final int hash;
    private final Scope root;

    private Scope(RootType rootType, String rootName, String text) {
        this.rootType = rootType;
        this.rootName = checkedRootName(rootType, rootName);
        this.itemType = null;
        this.itemName = "";
        this.text = text;
        this.key = NameFold.fold(text);
        this.hash = key.hashCode();
        this.root = this;
    }

    private Scope(Scope root, ItemType itemType, String itemName, String text) {
        if (!itemType.isBelow(root.rootType)) {
            throw malformed(text, "`" + itemType.segment() + "` do not stand below " + root.text);
        }
        this.rootType = root.rootType;
        this.rootName = root.rootName;
        this.itemType = itemType;
        this.itemName = checkedItemName(itemName);
        this.text = text;
        this.key = NameFold.fold(text);
        this.hash = key.hashCode();
        this.root = root;
    }

    /**
     * Reads a scope of two or four segments.
     *
     * @throws IllegalArgumentException if the text is anything else; it is never cut down to a
     *     prefix that would be a scope
     */
    public static Scope parse(String text) {
        String[] segments = Objects.requireNonNull(text, "text").split("/", -1);
        if (segments.length != 2 && segments.length != 4) {
            throw malformed(text, "expected `workspaces/name` or `workspaces/name/type/name`");
        }
        RootType rootType =
                RootType.ofSegment(segments[0])
                        .orElseThrow(() -> malformed(text, "unknown root `" + segments[0] + "`"));
        Scope root = new Scope(rootType, segments[1], segments[0] + "/" + segments[1]);
        return segments.length == 2 ? root : itemOf(root, segments, text);
    }

    private static Scope itemOf(Scope root, String[] segments, String text) {
        ItemType type =
                ItemType.ofSegment(segments[2], root.rootType)
                        .orElseThrow(
                                () -> malformed(text, "unknown item type `" + segments[2] + "`"));
        return new Scope(root, type, segments[3], text);
    }

    /** Returns the scope of a whole workspace. */
    public static Scope workspace(String name) {
        return root(RootType.WORKSPACE, name);
    }

    /** Returns the scope of a whole data factory. */
    public static Scope factory(String name) {
        return root(RootType.FACTORY, name);
    }

    /** Returns the scope of a whole Tableau site. */
    public static Scope site(String name) {
        return root(RootType.SITE, name);
    }

    /**
     * Returns a root scope of the given type.
     *
     * @throws IllegalArgumentException if the name is not one that such a root can have
     */
    public static Scope root(RootType type, String name) {
        return new Scope(type, name, type.segment() + "/" + name);
    }

    /**
     * Returns the scope of an item below the root of this scope.
     *
     * @throws IllegalArgumentException if such items do not stand below this root, or the name is
     *     empty, longer than 260 characters, or holds a slash or a control character
     */
    public Scope item(ItemType type, String name) {
        String whole = root.text + "/" + type.segment() + "/" + checkedItemName(name);
        return new Scope(root, type, name, whole);
    }

    /** Returns whether a right at this scope also holds at the other. */
    public boolean covers(Scope other) {
        return itemType == null ? key.equals(other.root.key) : equals(other);
    }

    /** Returns the root scope: this scope itself if it is a root. */
    public Scope root() {
        return root;
    }

    /** Returns whether this is a root scope. */
    public boolean isRoot() {
        return itemType == null;
    }

    /** Returns the kind of this scope. */
    public ScopeType type() {
        return itemType == null ? rootType : itemType;
    }

    /** Returns the kind of the root of this scope. */
    public RootType rootType() {
        return rootType;
    }

    /** Returns the name of the root as it was given. */
    public String rootName() {
        return rootName;
    }

    /** Returns the kind of the item; empty for a root scope. */
    public Optional<ItemType> itemType() {
        return Optional.ofNullable(itemType);
    }

    /** Returns the name of the item as it was given; empty for a root scope. */
    public Optional<String> itemName() {
        return itemType == null ? Optional.empty() : Optional.of(itemName);
    }

    /** Returns the scope as it was given, for display. */
    public String text() {
        return text;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Scope that && hash == that.hash && key.equals(that.key));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** Orders scopes by their folded text; consistent with equals. */
    @Override
    public int compareTo(Scope other) {
        return key.compareTo(other.key);
    }

    @Override
    public String toString() {
        return text;
    }

    private static String checkedRootName(RootType type, String name) {
        if (!type.isName(name)) {
            throw malformed(
                    type.segment() + "/" + name, "`" + name + "` is not a name of such a root");
        }
        return name;
    }

    private static String checkedItemName(String name) {
        int length = name.codePointCount(0, name.length());
        if (length == 0 || length > MAX_ITEM_NAME) {
            throw badItemName(name, "it has 1 to " + MAX_ITEM_NAME + " characters");
        }
        if (name.indexOf('/') >= 0 || name.codePoints().anyMatch(Scope::isUnprintable)) {
            throw badItemName(name, "it holds no slash and no control character");
        }
        return name;
    }

    private static boolean isUnprintable(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.CONTROL || type == Character.SURROGATE;
    }

    private static IllegalArgumentException badItemName(String name, String rule) {
        return new IllegalArgumentException("`" + name + "` is not an item name: " + rule);
    }

    private static IllegalArgumentException malformed(String text, String why) {
        return new IllegalArgumentException("`" + text + "` is not a scope: " + why);
    }
}
