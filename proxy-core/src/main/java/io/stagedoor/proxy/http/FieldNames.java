package io.stagedoor.proxy.http;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The header fields the proxy treats by name, and the folding under which two spellings are one
 * field to some reader: case, and underscore for hyphen.
 */
final class FieldNames {

    /** Why a field is treated apart. */
    enum Trait {
        /** Asks an upstream to read another method or path: two requests in one. */
        OVERRIDE,
        /** Delimits, routes or authenticates: an underscore spelling of it is refused. */
        DECIDING,
        /** Concerns one connection only: RFC 9110 section 7.6.1, RFC 7540 section 3.2.1, custom. */
        HOP_BY_HOP,
        /** A client could claim an identity, an origin or a session of its own by it. */
        CLAIM
    }

    /** The prefix of the fields that tell the upstream who is calling; never taken from a client. */
    static final String IDENTITY_PREFIX = "x-stagedoor-";

    private static final List<String> CLAIM_PREFIXES =
            List.of("x-forwarded-", "x-ms-client-principal", "x-ms-token-", IDENTITY_PREFIX);
    private static final Set<Trait> NONE = EnumSet.noneOf(Trait.class);
    private static final Set<Trait> CLAIM = EnumSet.of(Trait.CLAIM);
    private static final Map<String, Set<Trait>> TRAITS = traits();

    private FieldNames() {}

    /** Returns the name in lower case with hyphens for underscores. */
    static String folded(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns why a field of this folded name is treated apart; usually there is no reason. */
    static Set<Trait> traitsOf(String folded) {
        Set<Trait> known = TRAITS.getOrDefault(folded, NONE);
        return known.isEmpty() && folded.startsWith("x-") && hasClaimPrefix(folded) ? CLAIM : known;
    }

    /** Returns whether a field of this folded name may never be nominated by Connection. */
    static boolean isProtected(String folded) {
        Set<Trait> traits = traitsOf(folded);
        return traits.contains(Trait.DECIDING)
                || traits.contains(Trait.CLAIM)
                || folded.equals("via");
    }

    private static boolean hasClaimPrefix(String folded) {
        for (String prefix : CLAIM_PREFIXES) {
            if (folded.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, Set<Trait>> traits() {
        Map<String, Set<Trait>> traits = new HashMap<>();
        put(
                traits,
                Trait.OVERRIDE,
                "x-http-method-override x-http-method x-method-override x-original-method"
                        + " x-original-url x-original-uri x-rewrite-url");
        put(
                traits,
                Trait.DECIDING,
                "authorization host content-length transfer-encoding content-type content-encoding"
                        + " x-ms-client-request-id");
        put(
                traits,
                Trait.HOP_BY_HOP,
                "connection proxy-connection keep-alive te trailer transfer-encoding upgrade"
                        + " http2-settings expect proxy-authorization proxy-authenticate"
                        + " proxy-authentication-info");
        put(
                traits,
                Trait.CLAIM,
                "authorization dpop cookie cookie2 forwarded x-real-ip x-client-ip x-cluster-client-ip"
                        + " true-client-ip client-ip cf-connecting-ip fastly-client-ip"
                        + " x-azure-clientip x-azure-socketip x-host x-original-host"
                        + " x-arr-clientcert x-arr-ssl x-arr-log-id x-client-cert client-cert"
                        + " client-cert-chain x-ms-authorization-auxiliary"
                        + " x-ms-proxy-authorization x-tableau-auth x-remote-user remote-user"
                        + " x-user x-auth-request-user");
        return Map.copyOf(traits);
    }

    private static void put(Map<String, Set<Trait>> traits, Trait trait, String names) {
        for (String name : names.split(" ", -1)) {
            traits.computeIfAbsent(name, _ -> EnumSet.noneOf(Trait.class)).add(trait);
        }
    }
}
