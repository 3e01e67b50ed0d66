package io.stagedoor.proxy.http;

import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;

/** Makes the two kinds of refusal a request head can meet before it is decided on. */
final class HeadRefusals {

    private HeadRefusals() {}

    static RefusedException ambiguous(TargetRule rule) {
        return RefusedException.of(
                Code.AMBIGUOUS_TARGET,
                rule.sentence(),
                "send the path of a documented operation, each name percent-encoded once");
    }

    static RefusedException bad(String sentence) {
        return RefusedException.of(Code.BAD_REQUEST, sentence);
    }
}
