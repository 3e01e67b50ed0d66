package io.stagedoor.proxy.listener;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;

/**
 * A certificate that the listener may show.
 *
 * @param chain the chain, the listener's own certificate first
 * @param key the private key of the first
 * @param names the host names that it is for, in lower case; may begin with {@code *.}
 */
public record ServerCertificate(List<X509Certificate> chain, PrivateKey key, Set<String> names) {

    /** Copies the collections. */
    public ServerCertificate {
        chain = List.copyOf(chain);
        names = Set.copyOf(names);
    }

    /** Returns the names, and nothing of the key. */
    @Override
    public String toString() {
        return "ServerCertificate" + names;
    }
}
