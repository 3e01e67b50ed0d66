package io.stagedoor.proxy.cli.demo.loopback;

/** What a loopback server does with each request; called from many threads at once. */
@FunctionalInterface
public interface RequestHandler {

    /** Gives the reply to a request whose body has been read to its end. */
    Reply reply(SeenRequest request);
}
