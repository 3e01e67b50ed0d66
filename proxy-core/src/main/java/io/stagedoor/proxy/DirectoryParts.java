package io.stagedoor.proxy;

import io.stagedoor.config.directory.DirectoryConfig;
import io.stagedoor.config.directory.DirectoryKind;
import io.stagedoor.config.directory.GroupAnswersConfig;
import io.stagedoor.config.directory.MappedGroup;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.proxy.authn.keys.TlsTrust;
import io.stagedoor.proxy.credential.UpstreamCredentials;
import io.stagedoor.proxy.directory.graph.GraphGroups;
import io.stagedoor.proxy.directory.groups.AskedGroups;
import io.stagedoor.proxy.directory.groups.GroupFinding;
import io.stagedoor.proxy.directory.groups.GroupNames;
import io.stagedoor.proxy.directory.groups.GroupSource;
import io.stagedoor.proxy.directory.groups.GroupTimes;
import io.stagedoor.proxy.directory.okta.OktaGroups;
import io.stagedoor.proxy.directory.remote.RemoteLimits;
import io.stagedoor.proxy.directory.remote.RemoteReader;
import io.stagedoor.proxy.directory.remote.UpstreamAuthorization;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One directory that is asked for groups, and what it is entered with. Lives as long as nothing
 * changes about it; safe for any thread.
 */
final class DirectoryParts implements AutoCloseable {

    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    private final AskedGroups groups;
    private final Optional<UpstreamCredentials> credentials;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    private DirectoryParts(AskedGroups groups, Optional<UpstreamCredentials> credentials) {
        this.groups = groups;
        this.credentials = credentials;
    }

    /**
     * Makes the parts of a directory that is asked by Microsoft Graph; nothing is asked yet.
     *
     * @throws IOException if the certificates to trust cannot be read
     */
    static DirectoryParts of(DirectoryConfig config, DirectoryKind.Graph graph, GroupMeans means)
            throws IOException {
        UpstreamCredentials credentials =
                UpstreamCredentials.builder(means.clock())
                        .add(
                                config.name(),
                                means.translation().credentials().source(graph),
                                means.translation().credentials().authority(graph))
                        .build();
        RemoteReader reader =
                reader(
                        new RemoteReader.Service(
                                "Microsoft Graph",
                                graph.uri(),
                                Optional.of(TlsTrust.context(graph.trustedCertificates()))),
                        new CredentialAuthorization(credentials, config.name()),
                        means);
        return new DirectoryParts(
                asked(config, new GraphGroups(reader, means.clock()), means),
                Optional.of(credentials));
    }

    /**
     * Makes the parts of a directory that is asked by Okta's API; nothing is asked yet.
     *
     * @throws IOException if the certificates to trust cannot be read
     */
    static DirectoryParts of(
            DirectoryConfig config,
            DirectoryKind.Okta okta,
            List<MappedGroup> mapped,
            GroupMeans means)
            throws IOException {
        RemoteReader reader =
                reader(
                        new RemoteReader.Service(
                                "Okta",
                                okta.uri(),
                                Optional.of(TlsTrust.context(okta.trustedCertificates()))),
                        new SecretAuthorization(
                                okta.scheme() == DirectoryKind.Okta.Scheme.SSWS ? "SSWS" : "Bearer",
                                means.translation().reveal(okta.token())),
                        means);
        return new DirectoryParts(
                asked(config, new OktaGroups(reader, names(config, mapped)), means),
                Optional.empty());
    }

    static GroupNames names(DirectoryConfig config, List<MappedGroup> mapped) {
        Map<String, Set<PrincipalId>> byName = new HashMap<>();
        MappedGroup.of(config.tenant(), mapped)
                .forEach(
                        each ->
                                byName.merge(
                                        each.group(), each.countsAs(), DirectoryParts::together));
        return new GroupNames(config.tenant(), byName);
    }

    private static <T> Set<T> together(Set<T> one, Set<T> other) {
        Set<T> all = new HashSet<>(one);
        all.addAll(other);
        return all;
    }

    private static RemoteReader reader(
            RemoteReader.Service service, UpstreamAuthorization authorization, GroupMeans means) {
        return new RemoteReader(
                service,
                authorization,
                RemoteLimits.defaults(),
                means.patiences().with(service.base()),
                means.clock());
    }

    private static AskedGroups asked(DirectoryConfig config, GroupSource source, GroupMeans means) {
        GroupAnswersConfig answers = config.answers();
        GroupTimes times =
                new GroupTimes(
                        answers.fresh(),
                        answers.maxAge(),
                        answers.patience(),
                        answers.absent(),
                        answers.kept());
        return new AskedGroups(config.name(), source, times, means.clock(), means.listener());
    }

    /** Returns what is asked. */
    AskedGroups groups() {
        return groups;
    }

    /** Begins to acquire the credential, and tries the directory out; has no effect once begun. */
    void begin() {
        if (begun.compareAndSet(false, true)) {
            credentials.ifPresent(UpstreamCredentials::start);
            Thread.ofVirtual().name("directory-examination").start(this::examineUntilGood);
        }
    }

    private void examineUntilGood() {
        try {
            boolean good = false;
            while (!good) {
                good =
                        groups.examine().stream().allMatch(GroupFinding::good)
                                || closed.await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        groups.close();
        credentials.ifPresent(UpstreamCredentials::close);
    }
}
