package io.stagedoor.proxy.upstream;

import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One active check of an endpoint: connect, and ask for a path if there is one to ask for. */
final class OneCheck implements ResponseReceiver {

    private final ServiceName name;
    private final UpstreamSettings.Check rules;
    private final long endsAt;
    private final Consumer<Boolean> result;
    private @Nullable UpstreamConnection connection;

    OneCheck(
            ServiceName name, UpstreamSettings.Check rules, long endsAt, Consumer<Boolean> result) {
        this.name = name;
        this.rules = rules;
        this.endsAt = endsAt;
        this.result = result;
    }

    void onConnection(UpstreamConnection opened) {
        connection = opened;
        if (rules.path().isEmpty()) {
            end(System.nanoTime() - endsAt < 0);
            return;
        }
        FullHttpRequest request =
                new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_1, HttpMethod.GET, rules.path().get());
        request.headers().set(HttpHeaderNames.HOST, name.authority());
        request.headers().set(HttpHeaderNames.CONNECTION, "close");
        opened.write(request);
        opened.flush();
    }

    private void end(boolean passed) {
        UpstreamConnection open = connection;
        connection = null;
        if (open != null) {
            open.close();
            result.accept(passed);
        }
    }

    @Override
    public void onResponseHead(HttpResponse head) {
        end(head.status().code() == rules.status());
    }

    @Override
    public void onResponseContent(HttpContent content) {
        content.release();
    }

    @Override
    public void onResponseReadComplete() {
        UpstreamConnection open = connection;
        if (open != null) {
            open.read();
        }
    }

    @Override
    public void onUpstreamWritable() {
        // all was written at once
    }

    @Override
    public void onUpstreamFailed(ConnectionFailure failure) {
        end(false);
    }
}
