package io.stagedoor.proxy.authn;

import io.stagedoor.proxy.authn.keys.IssuerKeys;
import io.stagedoor.proxy.authn.keys.TrustedKey;
import java.time.Instant;

/** What stands behind a token that was verified, for as long as it is remembered. */
sealed interface Backing {

    /** Returns whether the token may be used again without being looked at. */
    boolean stands(Instant now);

    /** Begins in the background to renew what it rests on, if that is due; returns at once. */
    void renewIfDue(Instant now);

    /** A key of the issuer, which must still be published. */
    record Signature(TrustedKey key, IssuerKeys keys) implements Backing {

        @Override
        public boolean stands(Instant now) {
            return keys.vouchesFor(key, now);
        }

        @Override
        public void renewIfDue(Instant now) {
            keys.renewIfDue(now);
        }
    }

    /** A word of the issuer, which is good for a while. */
    record Word(Instant goodUntil) implements Backing {

        @Override
        public boolean stands(Instant now) {
            return now.isBefore(goodUntil);
        }

        @Override
        public void renewIfDue(Instant now) {
            // the issuer is asked again by the first request after that
        }
    }
}
