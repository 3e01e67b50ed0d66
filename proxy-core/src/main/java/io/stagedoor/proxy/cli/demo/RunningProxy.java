package io.stagedoor.proxy.cli.demo;

/** A proxy that takes requests until it is closed. */
public interface RunningProxy extends AutoCloseable {

    /** Gives the port clients connect to. */
    int port();

    /** Gives the operator's port. */
    int adminPort();

    /** Drains and stops; does nothing the second time. */
    @Override
    void close();
}
