package io.stagedoor.proxy.testing.tableau;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Checks assertions about users as Tableau documents it: key, issuer, audience, times, scopes, and that
 * none is used twice.
 */
final class AssertionCheck {

    static final String CLIENT_ID = "7f0a1b2c-0000-4000-8000-0000000000c1";

    private static final Duration LONGEST_LIFE = Duration.ofMinutes(10);
    private static final int APP_NOT_FOUND = 126;
    private static final int SECRET_NOT_FOUND = 127;
    private static final int BAD_JWT = 10083;
    private static final int JWT_PARSE_ERROR = 10084;
    private static final int ISSUER_UNKNOWN = 10082;
    private static final int LIFE_TOO_LONG = 10091;
    private static final int ID_MISSING_OR_USED = 10096;
    private static final int SCOPES_MISSING = 10098;

    private final InstantSource clock;
    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private final Map<String, Supplier<String>> issuers = new ConcurrentHashMap<>();
    private final Set<String> usedIds = ConcurrentHashMap.newKeySet();

    /** What an assertion says. */
    record Asserted(String user, List<String> scopes) {}

    AssertionCheck(InstantSource clock) {
        this.clock = clock;
    }

    Map<String, String> secrets() {
        return secrets;
    }

    Map<String, Supplier<String>> issuers() {
        return issuers;
    }

    Asserted check(String text, boolean unified) throws TableauRefusal {
        try {
            SignedJWT jwt = SignedJWT.parse(text);
            if (!jwt.verify(verifier(jwt))) {
                throw TableauRefusal.signIn(JWT_PARSE_ERROR);
            }
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            checkTimes(claims);
            return unified ? unified(claims) : plain(claims);
        } catch (ParseException | JOSEException malformed) {
            throw TableauRefusal.signIn(JWT_PARSE_ERROR);
        }
    }

    private JWSVerifier verifier(SignedJWT jwt)
            throws TableauRefusal, JOSEException, ParseException {
        return switch (jwt.getHeader().getAlgorithm().getName()) {
            case "HS256" -> new MACVerifier(secretOf(jwt));
            case "RS256" -> publicKeyOf(jwt);
            default -> throw TableauRefusal.signIn(BAD_JWT);
        };
    }

    private String secretOf(SignedJWT jwt) throws TableauRefusal, ParseException {
        boolean app =
                CLIENT_ID.equals(jwt.getJWTClaimsSet().getIssuer())
                        && CLIENT_ID.equals(jwt.getHeader().getCustomParam("iss"));
        if (!app) {
            throw TableauRefusal.signIn(APP_NOT_FOUND);
        }
        return Optional.ofNullable(secrets.get(String.valueOf(jwt.getHeader().getKeyID())))
                .orElseThrow(() -> TableauRefusal.signIn(SECRET_NOT_FOUND));
    }

    private JWSVerifier publicKeyOf(SignedJWT jwt)
            throws TableauRefusal, ParseException, JOSEException {
        String issuer = String.valueOf(jwt.getJWTClaimsSet().getIssuer());
        Supplier<String> keys = issuers.get(issuer);
        if (keys == null) {
            throw TableauRefusal.signIn(ISSUER_UNKNOWN);
        }
        var key = JWKSet.parse(keys.get()).getKeyByKeyId(jwt.getHeader().getKeyID());
        if (key == null) {
            throw TableauRefusal.signIn(BAD_JWT);
        }
        return new RSASSAVerifier(key.toRSAKey().toRSAPublicKey());
    }

    private void checkTimes(JWTClaimsSet claims) throws TableauRefusal {
        Instant now = clock.instant();
        Instant end =
                Optional.ofNullable(claims.getExpirationTime())
                        .map(Date::toInstant)
                        .orElse(Instant.MIN);
        if (!end.isAfter(now) || end.isAfter(now.plus(LONGEST_LIFE))) {
            throw TableauRefusal.signIn(LIFE_TOO_LONG);
        }
        String id = Optional.ofNullable(claims.getJWTID()).orElse("");
        if (id.isEmpty() || !usedIds.add(id)) {
            throw TableauRefusal.signIn(ID_MISSING_OR_USED);
        }
    }

    private static Asserted plain(JWTClaimsSet claims) throws TableauRefusal, ParseException {
        if (!claims.getAudience().equals(List.of("tableau"))) {
            throw TableauRefusal.signIn(BAD_JWT);
        }
        return new Asserted(String.valueOf(claims.getSubject()), scopes(claims));
    }

    private static Asserted unified(JWTClaimsSet claims) throws TableauRefusal, ParseException {
        if (claims.getStringClaim("https://tableau.com/tenantId") == null) {
            throw TableauRefusal.signIn(BAD_JWT);
        }
        return new Asserted(String.valueOf(claims.getStringClaim("email")), scopes(claims));
    }

    private static List<String> scopes(JWTClaimsSet claims) throws TableauRefusal, ParseException {
        List<String> scopes = claims.getStringListClaim("scp");
        if (scopes == null || scopes.isEmpty()) {
            throw TableauRefusal.signIn(SCOPES_MISSING);
        }
        return scopes;
    }
}
