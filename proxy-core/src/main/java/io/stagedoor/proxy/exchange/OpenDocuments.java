package io.stagedoor.proxy.exchange;

import io.stagedoor.proxy.http.Answer;
import io.stagedoor.proxy.http.CloudMetadata;
import io.stagedoor.proxy.http.RequestHead;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What anybody may read without a token: {@code /metadata/endpoints} where Azure Resource Manager is
 * reached. Immutable and safe for any thread.
 *
 * @param byHost the document of each host name, in lower case, that leads to Resource Manager
 * @param byPrefix the document of each path prefix that does so, by its segments
 */
public record OpenDocuments(
        Map<String, CloudMetadata> byHost, Map<List<String>, CloudMetadata> byPrefix) {

    /** The code of such an answer in the access line and in metrics; no decision was made. */
    static final String CODE = "open";

    private static final List<String> PATH = List.of("metadata", "endpoints");

    /** Copies both maps. */
    public OpenDocuments {
        byHost = Map.copyOf(byHost);
        byPrefix = Map.copyOf(byPrefix);
    }

    /** Returns the answer to a request that asks for such a document and for nothing else. */
    Optional<Answer> answerTo(RequestHead head) {
        List<String> segments = head.target().segments();
        int prefix = segments.size() - PATH.size();
        if (prefix < 0 || !isDocument(segments.subList(prefix, segments.size())) || !reads(head)) {
            return Optional.empty();
        }
        CloudMetadata found =
                prefix == 0
                        ? byHost.get(head.authority().host())
                        : byPrefix.get(segments.subList(0, prefix));
        String path = prefix == 0 ? "" : "/" + String.join("/", segments.subList(0, prefix));
        return Optional.ofNullable(found)
                .map(
                        document ->
                                document.answer(
                                        head.authority(),
                                        path,
                                        head.target().query("api-version")));
    }

    private static boolean isDocument(List<String> segments) {
        return PATH.getFirst().equalsIgnoreCase(segments.getFirst())
                && PATH.getLast().equalsIgnoreCase(segments.getLast());
    }

    private static boolean reads(RequestHead head) {
        boolean safe = head.method().equals("GET") || head.method().equals("HEAD");
        return safe && !head.framing().hasBody() && !head.opensTunnel();
    }
}
