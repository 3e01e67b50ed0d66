package io.stagedoor.proxy.exchange;

import io.stagedoor.policy.operation.OperationCatalogue;
import io.stagedoor.proxy.assertion.IdentityAssertions;
import io.stagedoor.proxy.http.Answer;
import io.stagedoor.proxy.http.LocalAnswers;
import io.stagedoor.proxy.http.RequestHead;
import java.util.List;
import java.util.Optional;

/**
 * The keys that assertions are verified with, which everybody may have: {@code /.stagedoor/keys} on
 * every host name, without a token. The first segment is the proxy's own, so nothing of a service is
 * hidden by it.
 */
final class PublishedKeys {

    /** What the access line calls such an exchange. */
    static final String CODE = "published";

    private static final List<String> PATH = List.of(OperationCatalogue.RESERVED, "keys");

    private PublishedKeys() {}

    /** Returns the answer to a request for the keys; nothing if it asks for something else. */
    static Optional<Answer> answerTo(RequestHead head, Optional<IdentityAssertions> assertions) {
        boolean reads = head.method().equals("GET") || head.method().equals("HEAD");
        boolean asked =
                assertions.isPresent()
                        && reads
                        && !head.framing().hasBody()
                        && head.target().segments().equals(PATH);
        return asked
                ? Optional.of(LocalAnswers.keySet(assertions.get().keySet()))
                : Optional.empty();
    }
}
