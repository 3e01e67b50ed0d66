package io.stagedoor.policy.scope;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The kind of a root scope: what a whole assignment tree hangs from. */
public enum RootType implements ScopeType {
    /** A Synapse workspace; its name is the first label of its host. */
    WORKSPACE("workspaces", "[A-Za-z0-9-]{1,50}"),
    /** An Azure Data Factory. */
    FACTORY("factories", "[A-Za-z0-9-]{1,63}"),
    /** A Tableau site, by its content URL or its LUID. */
    SITE("sites", "[A-Za-z0-9_-]{1,255}");

    private final String segment;
    private final Pattern name;

    RootType(String segment, String name) {
        this.segment = segment;
        this.name = Pattern.compile(name);
    }

    @Override
    public String segment() {
        return segment;
    }

    /** Returns whether the text may name a root of this type. */
    public boolean isName(String text) {
        return name.matcher(text).matches();
    }

    /** Returns the root type with this segment, compared without case. */
    public static Optional<RootType> ofSegment(String segment) {
        String folded = NameFold.foldAscii(segment);
        return Stream.of(values()).filter(type -> type.segment.equals(folded)).findFirst();
    }
}
