package io.stagedoor.proxy.scim.store;

/** What is pushed. */
public enum Kind {
    /** Somebody who may have tokens. */
    USER("User", "Users"),
    /** Users, and other groups. */
    GROUP("Group", "Groups");

    private final String type;
    private final String collection;

    Kind(String type, String collection) {
        this.type = type;
        this.collection = collection;
    }

    /** Returns the name of the resource type. */
    public String type() {
        return type;
    }

    /** Returns the name of the collection in paths. */
    public String collection() {
        return collection;
    }

    /** Returns the attribute that is unique among resources of the kind, without regard to case. */
    public String uniqueName() {
        return this == USER ? "userName" : "displayName";
    }
}
