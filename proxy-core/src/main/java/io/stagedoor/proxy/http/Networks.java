package io.stagedoor.proxy.http;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * A set of networks, each in CIDR form (RFC 4632) or one address. Immutable and safe for any thread.
 *
 * <p>An IPv4 address written as IPv6 ({@code ::ffff:10.0.0.1}) is the IPv4 address.
 */
public final class Networks {

    /** No network: contains no address. */
    public static final Networks NONE = new Networks(List.of());

    private final List<Network> networks;

    @SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
    private record Network(byte[] prefix, int bits) {

        private static Network parse(String text) {
            int slash = text.indexOf('/');
            byte[] prefix =
                    InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash)).getAddress();
            int all = prefix.length * 8;
            int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
            if (bits < 0 || bits > all) {
                throw new IllegalArgumentException("`" + text + "` is not a network");
            }
            return new Network(prefix, bits);
        }

        private boolean contains(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            int whole = bits / 8;
            boolean same = Arrays.equals(prefix, 0, whole, address, 0, whole);
            int rest = bits % 8;
            return same && (rest == 0 || (prefix[whole] ^ address[whole]) >> (8 - rest) == 0);
        }
    }

    private Networks(List<Network> networks) {
        this.networks = networks;
    }

    /**
     * Reads networks.
     *
     * @throws IllegalArgumentException if one is neither an address nor in CIDR form
     */
    public static Networks parse(Collection<String> texts) {
        return texts.isEmpty() ? NONE : new Networks(texts.stream().map(Network::parse).toList());
    }

    /** Returns whether one of them contains the address. */
    public boolean contains(InetAddress address) {
        if (networks.isEmpty()) {
            return false;
        }
        byte[] octets = address.getAddress();
        return networks.stream().anyMatch(network -> network.contains(octets));
    }

    /** Returns whether there is no network at all. */
    public boolean isEmpty() {
        return networks.isEmpty();
    }
}
