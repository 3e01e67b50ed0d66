package io.stagedoor.proxy.upstream;

import io.netty.handler.codec.DecoderException;

/** A response without a body says how its body is framed. */
final class UnframedException extends DecoderException {

    private static final long serialVersionUID = 1L;

    UnframedException() {
        super("a Transfer-Encoding without a body");
    }
}
