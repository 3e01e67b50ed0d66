package io.stagedoor.proxy.journey;

import io.stagedoor.policy.principal.PrincipalKind;
import io.stagedoor.proxy.authn.ClientAuthentication;
import io.stagedoor.proxy.authn.TokenPermissions;
import io.stagedoor.proxy.authn.VerifiedToken;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.Demand;
import io.stagedoor.proxy.refusal.Refusal;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whom a workspace lets in at all, before anything is looked up about them. It only takes away:
 * whoever is let in still needs a role for what they do.
 *
 * @param kinds the kinds of caller; empty for all, those that cannot be told among them
 * @param clientApplications the ids of the client applications; empty for all
 * @param confidentialClients whether the client application must have proved to the issuer who it is
 * @param scopes delegated scopes of which the token may bear one
 * @param roles app roles of which the token may bear one; if both sets are empty it needs none, else
 *     one of either
 */
public record CallerRules(
        Set<PrincipalKind> kinds,
        Set<String> clientApplications,
        boolean confidentialClients,
        Set<String> scopes,
        Set<String> roles) {

    /** The rules that let everybody in. */
    public static final CallerRules EVERYBODY =
            new CallerRules(Set.of(), Set.of(), false, Set.of(), Set.of());

    /** Copies the sets; application ids are compared in lower case. */
    public CallerRules {
        kinds = Set.copyOf(kinds);
        clientApplications =
                clientApplications.stream()
                        .map(CallerRules::folded)
                        .collect(Collectors.toUnmodifiableSet());
        scopes = Set.copyOf(scopes);
        roles = Set.copyOf(roles);
    }

    private static String folded(String application) {
        return application.toLowerCase(Locale.ROOT);
    }

    /**
     * Checks that the token's bearer is let in.
     *
     * @throws RefusedException with {@code caller_not_allowed}, {@code client_not_allowed} or {@code
     *     scope_missing}
     */
    void require(VerifiedToken token) throws RefusedException {
        requireKind(token.kind());
        requireClient(token);
        requirePermission(token.permissions());
    }

    private void requireKind(PrincipalKind kind) throws RefusedException {
        if (!kinds.isEmpty() && !kinds.contains(kind)) {
            throw RefusedException.of(
                    Code.CALLER_NOT_ALLOWED,
                    "the caller is "
                            + inWords(kind)
                            + ", and this workspace lets in "
                            + kinds.stream()
                                    .map(CallerRules::word)
                                    .sorted()
                                    .collect(Collectors.joining(", "))
                            + " alone",
                    "ask with a token of such a caller");
        }
    }

    private static String inWords(PrincipalKind kind) {
        return kind == PrincipalKind.UNKNOWN ? "of a kind that cannot be told" : "a " + word(kind);
    }

    private static String word(PrincipalKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private void requireClient(VerifiedToken token) throws RefusedException {
        boolean listed =
                clientApplications.isEmpty()
                        || token.clientApplication()
                                .map(CallerRules::folded)
                                .filter(clientApplications::contains)
                                .isPresent();
        if (!listed) {
            throw RefusedException.of(
                    Code.CLIENT_NOT_ALLOWED,
                    "the client application is not one that this workspace lets in",
                    "use one that is, or ask the owners of the proxy to list it");
        }
        boolean confidential =
                !confidentialClients
                        || token.clientAuthentication()
                                .filter(ClientAuthentication::isConfidential)
                                .isPresent();
        if (!confidential) {
            throw RefusedException.of(
                    Code.CLIENT_NOT_ALLOWED,
                    "the client application did not prove who it is to the issuer, as this workspace"
                            + " demands",
                    "use a confidential client: one with a secret or a certificate");
        }
    }

    private void requirePermission(TokenPermissions held) throws RefusedException {
        boolean enough =
                (scopes.isEmpty() && roles.isEmpty())
                        || !Collections.disjoint(scopes, held.scopes())
                        || !Collections.disjoint(roles, held.roles());
        if (!enough) {
            List<String> wanted = scopes.stream().sorted().toList();
            throw new RefusedException(
                    Refusal.of(
                                    Code.SCOPE_MISSING,
                                    "the token bears none of the scopes and app roles of which this"
                                            + " workspace demands one",
                                    "ask the issuer for one of: " + wanted())
                            .demanding(new Demand.Scopes(wanted)));
        }
    }

    private String wanted() {
        String named =
                scopes.stream()
                        .sorted()
                        .map(each -> "scope " + each)
                        .collect(Collectors.joining(", "));
        String granted =
                roles.stream()
                        .sorted()
                        .map(each -> "app role " + each)
                        .collect(Collectors.joining(", "));
        return named + (named.isEmpty() || granted.isEmpty() ? "" : ", ") + granted;
    }
}
