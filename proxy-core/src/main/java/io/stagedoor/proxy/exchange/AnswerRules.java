package io.stagedoor.proxy.exchange;

import io.stagedoor.policy.operation.Platform;
import io.stagedoor.proxy.body.LinkRules;
import java.net.URI;
import java.util.List;

/**
 * How the answers of one service are passed on.
 *
 * @param platform what kind of service it is, and so what errors its clients understand
 * @param names the https URLs under which it names itself in links
 * @param links what is done with addresses that no client follows by itself
 */
public record AnswerRules(Platform platform, List<URI> names, LinkRules links) {

    /** Copies the names. */
    public AnswerRules {
        names = List.copyOf(names);
    }
}
