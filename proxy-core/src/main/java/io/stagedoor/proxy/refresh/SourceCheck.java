package io.stagedoor.proxy.refresh;

/** Looks how a source is. Safe for any thread; may wait, within its own bounds. */
public interface SourceCheck {

    /** Returns its name within its source, such as {@code pipeline ws1/nightly}. */
    String name();

    /** Looks; what prevents it from seeing is a finding too. */
    Finding look();
}
