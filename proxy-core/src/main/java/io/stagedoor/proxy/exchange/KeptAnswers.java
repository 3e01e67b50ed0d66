package io.stagedoor.proxy.exchange;

import io.netty.handler.codec.http.FullHttpResponse;
import io.stagedoor.proxy.http.Answer;
import io.stagedoor.proxy.http.IdentityFields;
import io.stagedoor.proxy.http.NettyHeads;
import io.stagedoor.proxy.http.ResponseHead;
import io.stagedoor.proxy.replay.KeptAnswer;

/** Keeps answers to run-starting calls, and gives them again. */
final class KeptAnswers {

    /** The field that names the request whose answer is given again. */
    private static final String REPEATS = "X-Stagedoor-Repeats";

    private KeptAnswers() {}

    /** Keeps an answer of the upstream. */
    static KeptAnswer of(ExchangeId id, AnswerRelay.Whole whole) {
        return new KeptAnswer(id.id(), whole.head().status(), whole.head().fields(), whole.body());
    }

    /** Keeps an answer of the proxy itself. */
    static KeptAnswer of(ExchangeId id, Answer answer) {
        return new KeptAnswer(id.id(), answer.status(), answer.fields(), answer.octets());
    }

    /** Makes the response that gives a kept answer to a repetition, under the repetition's own id. */
    static FullHttpResponse again(KeptAnswer kept, ExchangeId repetition) {
        FullHttpResponse response =
                NettyHeads.toNetty(new ResponseHead(kept.status(), kept.fields()), kept.body());
        response.headers().set(IdentityFields.DECISION_ID, repetition.id());
        response.headers().set(REPEATS, kept.requestId());
        return response;
    }
}
