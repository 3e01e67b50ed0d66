package io.stagedoor.proxy.directory.testing;

import java.util.List;

/** JSON of the role calls as a workspace answers it. */
public final class Listed {

    public static final String TENANT = "0b1f7e3c-0000-4000-8000-0000000000aa";
    public static final String CONTRIBUTOR = "7572bffe-f453-4b66-912a-46cc5ef38fda";
    public static final String ADMINISTRATOR = "6e4bf58a-b8e1-4cc3-bbf9-d73143322b78";

    private Listed() {}

    /** Returns a GUID that ends in a number. */
    public static String guid(String first, int number) {
        return String.format(java.util.Locale.ROOT, "%s-0000-4000-8000-%012d", first, number);
    }

    /** Returns the assignment of a role at a scope to the principal with a number. */
    public static String assignment(int number, String role, String scope) {
        return "{\"id\":\""
                + guid("0550e787", number)
                + "\",\"roleDefinitionId\":\""
                + role
                + "\",\"principalId\":\""
                + guid("829ae9c5", number)
                + "\",\"scope\":\""
                + scope
                + "\",\"principalType\":\"User\"}";
    }

    public static String page(String... assignments) {
        return page(List.of(assignments));
    }

    public static String page(List<String> assignments) {
        return "{\"count\":"
                + assignments.size()
                + ",\"value\":["
                + String.join(",", assignments)
                + "]}";
    }
}
