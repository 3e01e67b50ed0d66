package io.stagedoor.proxy.cli.client;

import io.stagedoor.proxy.cli.profile.ProxyAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A workspace behind the proxy, as clients see it.
 *
 * @param root its address, with the path prefix if there is one
 * @param suffix what az puts behind a workspace's name to reach it, with its dot; az cannot reach a
 *     workspace that has no host name of its own
 * @param arm where Azure Resource Manager is reached there, without a slash at the end, if
 *     it is; it then tells az by itself where the workspaces are
 * @param certificates the private authorities that sign the proxy's certificate
 */
public record ProxyTarget(
        URI root, Optional<String> suffix, Optional<URI> arm, Optional<Path> certificates) {

    /** Makes a target that does not lead to Azure Resource Manager. */
    public ProxyTarget(URI root, Optional<String> suffix, Optional<Path> certificates) {
        this(root, suffix, Optional.empty(), certificates);
    }

    /** Gives the target at an address: its host's first label is taken for the workspace's name. */
    public static ProxyTarget of(ProxyAddress address) {
        return new ProxyTarget(address.root(), suffix(address.root()), address.certificates());
    }

    private static Optional<String> suffix(URI root) {
        String authority = root.getRawAuthority();
        String host = root.getHost();
        boolean isAddress = host.startsWith("[") || host.matches("[0-9.]+");
        boolean named = !isAddress && host.indexOf('.') > 0 && root.getRawPath().isEmpty();
        return named ? Optional.of(authority.substring(authority.indexOf('.'))) : Optional.empty();
    }
}
