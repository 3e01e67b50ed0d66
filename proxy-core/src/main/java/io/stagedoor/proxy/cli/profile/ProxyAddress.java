package io.stagedoor.proxy.cli.profile;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a workspace is reached through the proxy.
 *
 * @param root an {@code https} address, with the path prefix if there is one, without a slash at its
 *     end
 * @param certificates the private authorities that sign the proxy's certificate, in a PEM file;
 *     without it, the proxy's authority is one that everyone trusts
 */
public record ProxyAddress(URI root, Optional<Path> certificates) {

    /**
     * Checks the address, and takes the slash at its end away.
     *
     * @throws IllegalArgumentException if it is not a plain {@code https} address
     */
    public ProxyAddress {
        boolean fit =
                "https".equals(root.getScheme())
                        && root.getHost() != null
                        && root.getRawUserInfo() == null
                        && root.getRawQuery() == null
                        && root.getRawFragment() == null;
        if (!fit) {
            throw new IllegalArgumentException(
                    "`"
                            + root
                            + "` is not the address of a proxy: expected https://host[:port][/prefix]");
        }
        String text = root.toString();
        if (text.endsWith("/")) {
            root = URI.create(text.substring(0, text.length() - 1));
        }
    }
}
