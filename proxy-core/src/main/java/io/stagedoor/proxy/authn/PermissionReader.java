package io.stagedoor.proxy.authn;

import io.stagedoor.proxy.refusal.RefusedException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads scopes and app roles as whole words, so that no part of one is ever taken for another. */
final class PermissionReader {

    private static final List<String> SCOPES = List.of("scp", "scope");
    private static final String ROLES = "roles";

    private PermissionReader() {}

    /**
     * Returns what the token's words permit. Scopes are one text with a space between two (RFC 6749,
     * section 3.3), or a list with one in each element, as Okta has it; roles are always a list.
     *
     * @throws RefusedException with {@code token_malformed} for anything else
     */
    static TokenPermissions permissionsOf(Claims claims) throws RefusedException {
        Set<String> scopes = new HashSet<>();
        for (String claim : SCOPES) {
            scopes.addAll(scopes(claims, claim));
        }
        return new TokenPermissions(scopes, claims.list(ROLES));
    }

    private static Set<String> scopes(Claims claims, String name) throws RefusedException {
        if (!claims.payload().path(name).isArray()) {
            Set<String> words = new HashSet<>();
            for (String word : claims.text(name).orElse("").split(" ", -1)) {
                words.add(word);
            }
            words.remove("");
            return words;
        }
        Set<String> listed = claims.list(name);
        for (String scope : listed) {
            if (scope.isEmpty() || scope.indexOf(' ') >= 0) {
                throw Claims.malformed(name);
            }
        }
        return listed;
    }
}
