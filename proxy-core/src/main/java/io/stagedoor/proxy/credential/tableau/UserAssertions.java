package io.stagedoor.proxy.credential.tableau;

import com.nimbusds.jwt.JWTClaimsSet;
import io.stagedoor.proxy.credential.tableau.TableauCredential.AssertionForm;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.UUID;

/**
 * Says who a user is, in the claims that Tableau expects of a connected app, of an external
 * authorization server or of a unified access token. Each is good for one sign-in, and for minutes.
 */
final class UserAssertions {

    /** Tableau takes none that is good for more than ten minutes. */
    static final Duration LIFE = Duration.ofMinutes(5);

    private static final String TENANT = "https://tableau.com/tenantId";
    private static final String SITE = "https://tableau.com/siteId";
    private static final String SCOPES = "scp";

    private final InstantSource clock;

    UserAssertions(InstantSource clock) {
        this.clock = clock;
    }

    JWTClaimsSet of(TableauCredential.ConnectedApp app, SessionKey user) {
        return begun(app.clientId(), user).audience("tableau").subject(user.userName()).build();
    }

    JWTClaimsSet of(TableauCredential.OauthTrust trust, SessionKey user) {
        JWTClaimsSet.Builder claims = begun(trust.issuer().toString(), user);
        return switch (trust.form()) {
            case AssertionForm.ExternalServer(String audience) ->
                    claims.audience(audience).subject(user.userName()).build();
            case AssertionForm.Unified unified -> {
                claims.claim(TENANT, unified.tenantId())
                        .claim(unified.userClaim(), user.userName());
                unified.siteId().ifPresent(id -> claims.claim(SITE, id));
                yield claims.build();
            }
        };
    }

    private JWTClaimsSet.Builder begun(String issuer, SessionKey user) {
        Instant now = clock.instant();
        return new JWTClaimsSet.Builder()
                .issuer(issuer)
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFE)))
                .claim(SCOPES, user.scopes());
    }
}
