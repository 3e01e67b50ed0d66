package io.stagedoor.proxy.replay;

import java.util.concurrent.CompletionStage;

/** What a run-starting call turned out to be. */
public sealed interface RunStart {

    /** The first call with its key: it is forwarded, and its fate is told to the ticket. */
    record First(Ticket ticket) implements RunStart {}

    /**
     * A repetition: it gets the first call's answer when there is one. The stage completes on the
     * thread of the first exchange; it fails with {@link NeverSentException} if the first call
     * turned out never to have reached the upstream, and the caller may then claim again.
     *
     * @param answer the answer of the first call
     */
    record Repeat(CompletionStage<KeptAnswer> answer) implements RunStart {}

    /** The right and the duty to tell what became of a first call; safe from any thread. */
    interface Ticket {

        /** Keeps the answer for repetitions. */
        void answered(KeptAnswer answer);

        /** Says that surely no job was started, so that a repetition is a first call again. */
        void notStarted();
    }

    /** Says that the first call started nothing. */
    final class NeverSentException extends Exception {

        private static final long serialVersionUID = 1L;

        NeverSentException() {
            super("the first call started nothing", null, false, false);
        }
    }
}
