package io.stagedoor.proxy.exchange;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;

/** What an exchange is told of the request it has forwarded. Called on its event loop. */
interface UpstreamListener {

    /** Takes the head of the answer. */
    void onAnswerHead(HttpResponse head);

    /** Takes a piece of the answer's body, and the duty to release it. */
    void onAnswerContent(HttpContent content);

    /** Says that all that was read so far has been handed over. */
    void onAnswerReadComplete();

    /** Says that there will be no more of the answer; nothing follows. */
    void onUpstreamFailure(UpstreamFailure failure);
}
