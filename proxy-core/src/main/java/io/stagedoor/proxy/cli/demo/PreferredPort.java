package io.stagedoor.proxy.cli.demo;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.stream.Stream;

/** A port that is nice to have, and the way out when somebody else has it. */
final class PreferredPort {
    /** Asks the system for any free port. */
    static final int ANY = 0;

    private PreferredPort() {}

    /** Gives the port when nobody listens on it on either loopback address, else {@link #ANY}. */
    static int or(int preferred) {
        boolean free = Stream.of("127.0.0.1", "::1").allMatch(host -> isFree(host, preferred));
        return free ? preferred : ANY;
    }

    private static boolean isFree(String host, int port) {
        InetSocketAddress address = new InetSocketAddress(host, port);
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(address);
            return true;
        } catch (BindException e) {
            return isWithoutThatAddress(host);
        } catch (IOException e) {
            return false;
        }
    }

    /** A machine without IPv6 has nobody listening there either. */
    private static boolean isWithoutThatAddress(String host) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(host, ANY));
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
