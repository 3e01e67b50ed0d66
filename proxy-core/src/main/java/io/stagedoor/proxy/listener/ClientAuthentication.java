package io.stagedoor.proxy.listener;

import java.security.cert.X509Certificate;
import java.util.List;

/** Whether clients show certificates of their own in the handshake. */
public sealed interface ClientAuthentication {

    /** They are not asked. */
    record None() implements ClientAuthentication {}

    /**
     * They are asked. A certificate that is shown and not signed by one of the authorities, expired,
     * or not for TLS clients, ends the handshake.
     *
     * @param authorities whose certificates are believed
     * @param required whether who shows none is turned away
     */
    record Asked(List<X509Certificate> authorities, boolean required)
            implements ClientAuthentication {

        /** Copies the list. */
        public Asked {
            authorities = List.copyOf(authorities);
        }
    }
}
