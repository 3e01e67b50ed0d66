package io.stagedoor.config.certificate;

import java.io.IOException;

/** A certificate or its key cannot be used. The message says why and names no file. */
public final class UnusableCertificateException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Which of the two files is to blame. */
    public enum Blamed {
        /** The file with the chain. */
        CERTIFICATE,
        /** The file with the key. */
        PRIVATE_KEY
    }

    private final Blamed blamed;

    UnusableCertificateException(Blamed blamed, String message) {
        super(message);
        this.blamed = blamed;
    }

    /** Returns which file is to blame. */
    public Blamed blamed() {
        return blamed;
    }
}
