package io.stagedoor.config.listener;

import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import io.stagedoor.config.value.DataSize;
import java.time.Duration;
import java.util.Optional;

/**
 * What is taken at most, and kept at most, for one request.
 *
 * @param requestLine the longest request line
 * @param requestFields the header fields of a request together
 * @param token the longest bearer token; it fits into the fields
 * @param decidedBody the longest request body that is read to decide the request; bodies that are
 *     not needed for the decision stream through without limit
 * @param inspectedResponse the longest response that is read for job ids and rewritten; others
 *     stream through without limit
 * @param verifiedTokens how many verified tokens are remembered
 * @param duplicateWindow how long a started run is remembered, so that a client's retry with the
 *     same {@code x-ms-client-request-id} does not start it twice
 * @param http2 what a client may do with one HTTP/2 connection
 */
public record LimitsConfig(
        DataSize requestLine,
        DataSize requestFields,
        DataSize token,
        DataSize decidedBody,
        DataSize inspectedResponse,
        int verifiedTokens,
        Duration duplicateWindow,
        Http2Config http2) {

    private static final DataSize KIBIBYTE = DataSize.ofKibibytes(1);

    /** Reads the section {@code limits}. */
    public static Optional<LimitsConfig> read(Section in) {
        Setting<DataSize> line = size(in, "request_line", 64, DataSize.ofKibibytes(8));
        Setting<DataSize> fields = size(in, "request_fields", 1024, DataSize.ofKibibytes(64));
        Setting<DataSize> token =
                in.check(
                        "token",
                        size(in, "token", 64, DataSize.ofKibibytes(16)),
                        size -> !fields.isGood() || size.compareTo(fields.value()) < 0,
                        "a token of this size does not fit into `request_fields`",
                        "make `request_fields` larger or `token` smaller");
        Setting<DataSize> body = size(in, "decided_body", 64 * 1024, DataSize.ofMebibytes(1));
        Setting<DataSize> response =
                size(in, "inspected_response", 256 * 1024, DataSize.ofMebibytes(16));
        Setting<Integer> tokens =
                in.optional("verified_tokens", Kinds.number(1, 1_000_000), 20_000);
        Setting<Duration> window =
                in.optional(
                        "duplicate_window",
                        Kinds.duration(Duration.ofSeconds(10), Duration.ofDays(1)),
                        Duration.ofMinutes(10));
        Setting<Http2Config> http2 = in.section("http2", Http2Config::read);
        return in.build(
                () ->
                        new LimitsConfig(
                                line.value(),
                                fields.value(),
                                token.value(),
                                body.value(),
                                response.value(),
                                tokens.value(),
                                window.value(),
                                http2.value()));
    }

    private static Setting<DataSize> size(
            Section in, String key, long mostKibibytes, DataSize fallback) {
        return in.optional(
                key, Kinds.size(KIBIBYTE, DataSize.ofKibibytes(mostKibibytes)), fallback);
    }
}
