package io.stagedoor.proxy.bench.client;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;

/** Where the connections of a run have their tokens from. Confined to one thread. */
public sealed interface TokenSupply {

    /** Returns whether no request can be sent any more. */
    boolean isUsedUp();

    /**
     * Returns the token of the next request of a connection.
     *
     * @param connection its number, from 0
     */
    byte[] next(int connection);

    /**
     * Each connection has one token and shows it with every request.
     *
     * @param tokens connection number n has token n modulo their number
     */
    record Kept(List<byte[]> tokens) implements TokenSupply {

        /** Takes tokens in their compact form. */
        public static Kept of(List<String> tokens) {
            return new Kept(
                    tokens.stream()
                            .map(token -> token.getBytes(StandardCharsets.US_ASCII))
                            .toList());
        }

        @Override
        public boolean isUsedUp() {
            return false;
        }

        @Override
        public byte[] next(int connection) {
            return tokens.get(connection % tokens.size());
        }
    }

    /**
     * Each request has a token of its own, until none is left.
     *
     * @param tokens what is left
     */
    record New(Iterator<byte[]> tokens) implements TokenSupply {

        @Override
        public boolean isUsedUp() {
            return !tokens.hasNext();
        }

        @Override
        public byte[] next(int connection) {
            return tokens.next();
        }
    }
}
