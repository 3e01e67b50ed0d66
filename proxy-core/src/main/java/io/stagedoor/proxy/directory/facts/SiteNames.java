package io.stagedoor.proxy.directory.facts;

import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.operation.RootReference;
import io.stagedoor.policy.operation.ScopeInput;
import io.stagedoor.policy.operation.ScopeValue;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a Tableau site is called in the paths of its calls, beside all else that is known of it. Any
 * thread may call.
 */
public final class SiteNames implements ScopeFacts {

    private final String contentUrl;
    private final Supplier<Optional<String>> siteId;
    private final ScopeFacts others;

    /**
     * Makes the facts.
     *
     * @param contentUrl the site's name in addresses
     * @param siteId gives its LUID once somebody was signed in to it; must not wait
     * @param others answers all other questions
     */
    public SiteNames(String contentUrl, Supplier<Optional<String>> siteId, ScopeFacts others) {
        this.contentUrl = contentUrl;
        this.siteId = siteId;
        this.others = others;
    }

    @Override
    public Optional<ScopeValue> known(ScopeQuestion question) {
        return question.input() instanceof ScopeInput.RootName(RootReference.Form form)
                ? name(form)
                : others.known(question);
    }

    private Optional<ScopeValue> name(RootReference.Form form) {
        return switch (form) {
            case ID -> siteId.get().map(ScopeValue::text);
            case CONTENT_URL -> Optional.of(ScopeValue.text(contentUrl));
        };
    }

    @Override
    public ScopeValue lookup(ScopeQuestion question) throws RefusedException {
        return question.input() instanceof ScopeInput.RootName(RootReference.Form form)
                ? name(form).orElse(ScopeValue.absent())
                : others.lookup(question);
    }

    @Override
    public void changed(BoundOperation operation) {
        others.changed(operation);
    }
}
