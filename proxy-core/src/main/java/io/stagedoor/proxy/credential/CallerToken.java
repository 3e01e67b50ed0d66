package io.stagedoor.proxy.credential;

import com.nimbusds.jwt.JWTParser;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;

/** What is read from a caller's token, which was verified before. */
final class CallerToken {

    private CallerToken() {}

    /** Returns when the token expires; nothing if it does not say so, as one that is opaque. */
    static Optional<Instant> expiryOf(String token) {
        try {
            return Optional.ofNullable(JWTParser.parse(token).getJWTClaimsSet())
                    .flatMap(claims -> Optional.ofNullable(claims.getExpirationTime()))
                    .map(Date::toInstant);
        } catch (ParseException _) {
            return Optional.empty();
        }
    }
}
