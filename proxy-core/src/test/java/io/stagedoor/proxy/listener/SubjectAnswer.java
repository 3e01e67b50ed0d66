package io.stagedoor.proxy.listener;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** Tells a client whose certificate it showed, and closes. */
record SubjectAnswer(ClientConnection connection, HttpRequest head) implements ClientExchange {

    @Override
    public void begin() {
        String subject = connection.certificate().map(ClientCertificate::subject).orElse("none");
        connection.write(
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.OK,
                        Unpooled.copiedBuffer(subject, StandardCharsets.US_ASCII)));
        connection.flush();
        connection.complete(false);
    }

    @Override
    public void onRequestContent(HttpContent content) {
        content.release();
    }

    @Override
    public void onClientWritable() {
        // the answer is short
    }

    @Override
    public void onClientGone() {
        // it has its answer
    }
}
