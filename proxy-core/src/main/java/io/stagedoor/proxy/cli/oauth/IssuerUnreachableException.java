package io.stagedoor.proxy.cli.oauth;

import java.io.IOException;

/** That an issuer did not answer in time, or at all. */
public final class IssuerUnreachableException extends IOException {
    private static final long serialVersionUID = 1L;

    IssuerUnreachableException(String sentence) {
        super(sentence);
    }
}
