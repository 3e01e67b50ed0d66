package io.stagedoor.proxy.exchange;

import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.Refusal;

/** What a client is told in place of an upstream's answer. */
final class NoAnswer {

    private NoAnswer() {}

    /** The service has as much to do as it may have. */
    static Refusal saturated() {
        return Refusal.of(
                Code.UPSTREAM_SATURATED,
                "the service has as many requests as it may have at a time; nothing was sent to"
                        + " it");
    }

    /** No connection could be made. */
    static Refusal unreachable() {
        return Refusal.of(
                Code.UPSTREAM_UNREACHABLE,
                "the service cannot be reached at present; nothing was sent to it");
    }

    /** The service may have acted, or answered, and nobody knows. */
    static Refusal lost(boolean stateChanging) {
        return stateChanging
                ? Refusal.of(
                        Code.OUTCOME_UNKNOWN,
                        "the request may have reached the service, but its answer was lost",
                        "look whether it took effect before you send it again")
                : Refusal.of(Code.UPSTREAM_FAILED, "the answer of the service was lost");
    }

    /** The service did not take the proxy's own credential. */
    static Refusal credentialRefused() {
        return Refusal.of(
                Code.CREDENTIAL_UNAVAILABLE,
                "the service did not accept the proxy's credential",
                "try again shortly; if it lasts, tell the owners of the proxy");
    }

    /** The service sent the client elsewhere, where the proxy would not see it. */
    static Refusal redirected() {
        return Refusal.of(
                Code.UPSTREAM_FAILED,
                "the service answered with a redirect, which is not passed on",
                "ask your platform team to look at the address that the service is configured with");
    }

    /** The service said that it opens a WebSocket, but not the one that was asked for. */
    static Refusal notSwitched() {
        return Refusal.of(
                Code.UPSTREAM_FAILED, "the service did not answer the opening of the WebSocket");
    }

    /** The call was made before, and its answer cannot be given again. */
    static Refusal tooLongToKeep() {
        return Refusal.of(
                Code.OUTCOME_UNKNOWN,
                "the call was made before, and its answer was too long to keep");
    }
}
