package io.stagedoor.proxy.directory.groups;

import java.util.Optional;

/** Where the groups of one tenant's principals come from. Immutable. */
public final class TenantGroups {

    private final String name;
    private final GroupLookup lookup;
    private final ClaimUse use;
    private final Optional<TenantGroups> itself;

    /**
     * Joins the parts.
     *
     * @param name the directory's configured name
     * @param lookup what is asked
     * @param use what counts beside it
     */
    public TenantGroups(String name, GroupLookup lookup, ClaimUse use) {
        this.name = name;
        this.lookup = lookup;
        this.use = use;
        this.itself = Optional.of(this);
    }

    /** Returns the directory's configured name. */
    public String name() {
        return name;
    }

    /** Returns what is asked. */
    public GroupLookup lookup() {
        return lookup;
    }

    /** Returns this; made once, since each request asks for it. */
    public Optional<TenantGroups> asOptional() {
        return itself;
    }

    /** Returns whether what a token says is enough. */
    public boolean isTokenEnough(boolean tokenNamesGroups) {
        return switch (use) {
            case TOKEN -> true;
            case DIRECTORY -> false;
            case TOKEN_THEN_DIRECTORY -> tokenNamesGroups;
        };
    }
}
