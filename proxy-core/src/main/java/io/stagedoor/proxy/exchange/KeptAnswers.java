package io.stagedoor.proxy.exchange;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.stagedoor.proxy.http.Answer;
import io.stagedoor.proxy.http.Fields;
import io.stagedoor.proxy.http.IdentityFields;
import io.stagedoor.proxy.replay.KeptAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keeps answers to run-starting calls, and gives them again. */
final class KeptAnswers {

    /** The field that names the request whose answer is given again. */
    private static final String REPEATS = "X-Stagedoor-Repeats";

    private KeptAnswers() {}

    /** Keeps an answer of the upstream. */
    static KeptAnswer of(ExchangeId id, AnswerRelay.Whole whole) {
        return new KeptAnswer(
                id.id(), whole.head().status(), entries(whole.head().fields()), whole.body());
    }

    /** Keeps an answer of the proxy itself. */
    static KeptAnswer of(ExchangeId id, Answer answer) {
        return new KeptAnswer(
                id.id(), answer.status(), entries(answer.fields()), answer.octets());
    }

    /** Makes the response that gives a kept answer to a repetition, under the repetition's own id. */
    static FullHttpResponse again(KeptAnswer kept, ExchangeId repetition) {
        FullHttpResponse response =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.valueOf(kept.status()),
                        Unpooled.wrappedBuffer(kept.body()));
        kept.fields().forEach(field -> response.headers().add(field.getKey(), field.getValue()));
        response.headers().set(IdentityFields.DECISION_ID, repetition.id());
        response.headers().set(REPEATS, kept.requestId());
        return response;
    }

    private static List<Map.Entry<String, String>> entries(Fields fields) {
        List<Map.Entry<String, String>> entries = new ArrayList<>();
        fields.forEach((name, value) -> entries.add(Map.entry(name, value)));
        return entries;
    }
}
