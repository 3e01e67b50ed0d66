package io.stagedoor.config.service;

import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import io.stagedoor.config.text.Quoted;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What holds where callers' own tokens go on to the upstream: only those that are for the upstream are
 * taken, and what the proxy reads on its own account it reads with a credential of its own.
 *
 * @param kind what kind of service it is
 * @param isAcceptedAudience whether some issuer accepts an audience
 */
record PassThroughRule(PlaceKind kind, Predicate<String> isAcceptedAudience) {

    /** Narrows the audiences of an entrance to the upstream's own, and complains if none is left. */
    Setting<EntranceConfig> narrowed(
            Section in,
            Setting<EntranceConfig> entrance,
            Setting<CredentialConfig> credential,
            Setting<UpstreamConfig> upstream) {
        if (!credential.isGood()
                || !upstream.isGood()
                || !entrance.isGood()
                || !(credential.value() instanceof CredentialConfig.PassThrough passed)) {
            return entrance;
        }
        Set<String> allowed = new LinkedHashSet<>(audiencesOf(passed, upstream.value().cloud()));
        allowed.removeIf(audience -> !isAcceptedAudience.test(audience));
        if (!entrance.value().audiences().isEmpty()) {
            allowed.retainAll(entrance.value().audiences());
        }
        if (allowed.isEmpty()) {
            return in.refuse(
                    "credential",
                    "no token that is taken here is for the upstream itself, so none may go on to"
                            + " it",
                    "have an issuer, and `audiences` if it is written, accept "
                            + Quoted.list(audiencesOf(passed, upstream.value().cloud()))
                            + ", or name the upstream's audiences in `pass_through`");
        }
        return entrance.map(found -> found.withAudiences(allowed));
    }

    private Collection<String> audiencesOf(CredentialConfig.PassThrough passed, Cloud cloud) {
        return passed.audiences().isEmpty() ? kind.audiences(cloud) : passed.audiences();
    }

    /** Complains if the proxy is to read what it has no credential for. */
    void requireOwn(
            Section in,
            Setting<CredentialConfig> credential,
            Setting<AssignmentsConfig> assignments) {
        if (credential.isGood()
                && assignments.isGood()
                && credential.value()
                        instanceof CredentialConfig.PassThrough(var _, Optional<?> own)
                && own.isEmpty()
                && assignments.value().from() != AssignmentSource.DECLARED) {
            in.<List<String>>refuse(
                    "credential",
                    "the role assignments cannot be read with the callers' tokens",
                    "give the proxy a credential too: `pass_through` with `own`; or declare the"
                            + " assignments: `assignments: {from: declared}`");
        }
    }
}
