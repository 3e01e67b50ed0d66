package io.stagedoor.proxy.audit.store;

import io.stagedoor.proxy.audit.codec.GuardedText;
import io.stagedoor.proxy.audit.fact.CallerFacts;
import io.stagedoor.proxy.audit.fact.RefreshFacts;
import io.stagedoor.proxy.audit.fact.ResourceKey;
import io.stagedoor.proxy.audit.record.AuditEvent;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The words under which a block of the journal is found: what its decisions are about, without
 * regard to case.
 */
public final class Term {

    private Term() {}

    /** The word for a principal's object id. */
    public static String principal(String objectId) {
        return of('p', objectId);
    }

    /** The word for a principal's label. */
    public static String label(String label) {
        return of('l', label);
    }

    /** The word for a decision code. */
    public static String code(String code) {
        return of('c', code);
    }

    /** The word for a resource, or for all of a kind. */
    public static String resource(String workspace, String kind, Optional<String> name) {
        return name.isPresent()
                ? of('r', workspace + '/' + kind + '/' + name.get())
                : of('k', workspace + '/' + kind);
    }

    /** Adds the words of a decision. */
    static void collect(AuditEvent.Decided decided, Set<String> terms) {
        terms.add(code(decided.decision().code()));
        decided.caller().map(CallerFacts::principal).ifPresent(who -> collect(who, terms));
        decided.request().resource().ifPresent(what -> collect(what, terms));
        decided.decision().refresh().ifPresent(seen -> collect(seen, terms));
    }

    /** A refresh is found by its content, however it was asked for, and by its task. */
    private static void collect(RefreshFacts seen, Set<String> terms) {
        terms.add(resource(seen.site(), RefreshFacts.KIND, Optional.empty()));
        for (Optional<String> id : List.of(seen.content(), seen.task())) {
            id.ifPresent(_ -> terms.add(resource(seen.site(), RefreshFacts.KIND, id)));
        }
    }

    private static void collect(CallerFacts.PrincipalFacts who, Set<String> terms) {
        terms.add(principal(who.objectId()));
        who.label().ifPresent(label -> terms.add(label(label)));
    }

    private static void collect(ResourceKey what, Set<String> terms) {
        terms.add(resource(what.workspace(), what.kind(), Optional.empty()));
        if (what.name().isPresent()) {
            terms.add(resource(what.workspace(), what.kind(), what.name()));
        }
    }

    private static String of(char kind, String text) {
        return kind + ":" + GuardedText.recorded(text).toLowerCase(Locale.ROOT);
    }
}
