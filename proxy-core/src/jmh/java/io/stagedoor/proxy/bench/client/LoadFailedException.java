package io.stagedoor.proxy.bench.client;

/** Says that a run had a wrong answer, or none: it measured nothing. */
public final class LoadFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LoadFailedException(String reason) {
        super(reason);
    }
}
