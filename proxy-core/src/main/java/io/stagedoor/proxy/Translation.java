package io.stagedoor.proxy;

import io.stagedoor.config.AuditConfig;
import io.stagedoor.config.StagedoorConfig;
import io.stagedoor.config.access.DeclaredAccess;
import io.stagedoor.config.directory.DirectoryConfig;
import io.stagedoor.config.directory.MappedGroup;
import io.stagedoor.config.issuer.ActorClaimMap;
import io.stagedoor.config.issuer.AgentConfig;
import io.stagedoor.config.issuer.ClaimMap;
import io.stagedoor.config.issuer.IntrospectionConfig;
import io.stagedoor.config.issuer.IssuerConfig;
import io.stagedoor.config.issuer.TenantRule;
import io.stagedoor.config.issuer.TokenBinding;
import io.stagedoor.config.listener.ClientsConfig;
import io.stagedoor.config.listener.Http2Config;
import io.stagedoor.config.listener.LimitsConfig;
import io.stagedoor.config.listener.ListenerConfig;
import io.stagedoor.config.service.CallersConfig;
import io.stagedoor.config.service.CredentialConfig;
import io.stagedoor.config.service.ServiceConfig;
import io.stagedoor.config.service.StepUpConfig;
import io.stagedoor.config.value.SecretRef;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.proxy.audit.journal.JournalSettings;
import io.stagedoor.proxy.authn.ActorClaims;
import io.stagedoor.proxy.authn.AuthenticationLimits;
import io.stagedoor.proxy.authn.BindingRule;
import io.stagedoor.proxy.authn.ClaimNames;
import io.stagedoor.proxy.authn.TokenRules;
import io.stagedoor.proxy.authn.TrustedIssuer;
import io.stagedoor.proxy.authn.introspection.IntrospectionSource;
import io.stagedoor.proxy.authn.jose.SignatureAlgorithm;
import io.stagedoor.proxy.authn.keys.KeySetTimes;
import io.stagedoor.proxy.authn.keys.KeySource;
import io.stagedoor.proxy.directory.Declared;
import io.stagedoor.proxy.directory.groups.ClaimUse;
import io.stagedoor.proxy.exchange.Door;
import io.stagedoor.proxy.exchange.ExchangeLimits;
import io.stagedoor.proxy.exchange.RunningExchanges;
import io.stagedoor.proxy.http.ForwardedFor;
import io.stagedoor.proxy.http.Networks;
import io.stagedoor.proxy.journey.CallerRules;
import io.stagedoor.proxy.journey.Destination;
import io.stagedoor.proxy.journey.StepUp;
import io.stagedoor.proxy.listener.ClientLimits;
import io.stagedoor.proxy.listener.Http2Limits;
import io.stagedoor.proxy.listener.ListenerLimits;
import io.stagedoor.proxy.rate.PrincipalRates;
import io.stagedoor.proxy.rate.RateLimit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Puts the configuration's values into the words of the stages, which know no configuration.
 *
 * <p>Checks nothing: that was done when the configuration was loaded.
 */
final class Translation {

    private static final int MAX_CHUNK = 16 * 1024;

    private final CredentialTranslation credentials;

    /**
     * Makes a translation.
     *
     * @param credentials knows where secrets are read
     */
    Translation(CredentialTranslation credentials) {
        this.credentials = credentials;
    }

    static ListenerLimits listenerLimits(StagedoorConfig config) {
        ListenerConfig listener = config.listener();
        LimitsConfig limits = config.limits();
        return new ListenerLimits(
                clientLimits(listener),
                Math.toIntExact(limits.requestLine().bytes()),
                Math.toIntExact(limits.requestFields().bytes()),
                MAX_CHUNK,
                listener.requestTimeout(),
                listener.idleTimeout(),
                listener.handshakeTimeout(),
                http2Limits(limits.http2()));
    }

    private static Http2Limits http2Limits(Http2Config http2) {
        return new Http2Limits(http2.maxStreams(), http2.maxResets(), http2.maxControlFrames());
    }

    private static ClientLimits clientLimits(ListenerConfig listener) {
        ClientsConfig clients = listener.clients();
        return new ClientLimits(
                listener.maxConnections(),
                clients.maxConnectionsPerAddress(),
                clients.body().timeout(),
                clients.body().leastRate().bytes(),
                Networks.parse(clients.proxyProtocolFrom()));
    }

    static Door door(ClientsConfig clients) {
        return new Door(
                new RunningExchanges(clients.maxExchanges()),
                new ForwardedFor(Networks.parse(clients.forwardedFrom())),
                clients.maxFields());
    }

    static PrincipalRates rates(ClientsConfig.Rate rate) {
        return new PrincipalRates(
                rate.requestsPerSecond() == 0
                        ? Optional.empty()
                        : Optional.of(new RateLimit(rate.requestsPerSecond(), rate.burst())));
    }

    static ExchangeLimits exchangeLimits(LimitsConfig limits) {
        return new ExchangeLimits(
                Math.toIntExact(limits.decidedBody().bytes()),
                256 * 1024,
                256 * 1024,
                Math.toIntExact(limits.inspectedResponse().bytes()));
    }

    static AuthenticationLimits authenticationLimits(LimitsConfig limits) {
        AuthenticationLimits usual = AuthenticationLimits.defaults();
        return new AuthenticationLimits(
                Math.toIntExact(limits.token().bytes()),
                limits.verifiedTokens(),
                usual.refusedTokens(),
                usual.refusedFor(),
                usual.verifications(),
                usual.verificationWait());
    }

    static JournalSettings journal(AuditConfig audit, String node) {
        JournalSettings usual = JournalSettings.of(audit.directory(), node);
        return usual.withSegmentBytes(audit.segmentSize().bytes())
                .withReadWindow(audit.readWindow())
                .withIntervals(audit.checkpointInterval(), usual.probeInterval());
    }

    TrustedIssuer issuer(IssuerConfig issuer) {
        Set<SignatureAlgorithm> algorithms =
                issuer.tokens().algorithms().stream()
                        .map(SignatureAlgorithm::valueOf)
                        .collect(Collectors.toUnmodifiableSet());
        return new TrustedIssuer(
                issuer.name(),
                issuer.issuer().toString(),
                new KeySource(issuer.keys().uri(), issuer.keys().trustedCertificates()),
                new TokenRules(
                        issuer.tokens().audiences(),
                        algorithms,
                        issuer.tokens().clockSkew(),
                        issuer.tokens().maxAge(),
                        issuer.tokens().accessTokenTypeRequired(),
                        binding(issuer.tokens().binding())),
                tenant(issuer.tenant()),
                claims(issuer.claims()),
                issuer.agents().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        AgentConfig::clientApplication, AgentConfig::principal)),
                issuer.introspection().map(this::introspection));
    }

    private static BindingRule binding(TokenBinding binding) {
        return switch (binding) {
            case REFUSED -> BindingRule.REFUSED;
            case ACCEPTED -> BindingRule.ACCEPTED;
            case REQUIRED -> BindingRule.REQUIRED;
        };
    }

    private static ClaimNames claims(ClaimMap claims) {
        ActorClaimMap actor = claims.actor();
        return new ClaimNames(
                claims.principal(),
                claims.groups(),
                claims.clientApplication(),
                claims.userName(),
                new ActorClaims(
                        actor.claim(),
                        actor.principal(),
                        actor.application(),
                        actor.marker(),
                        actor.markerValues()));
    }

    private IntrospectionSource introspection(IntrospectionConfig introspection) {
        return new IntrospectionSource(
                introspection.uri(),
                new IntrospectionSource.ClientSecret(
                        introspection.clientId(), reveal(introspection.clientSecret())),
                introspection.trustedCertificates(),
                introspection.maxCacheAge(),
                introspection.timeout());
    }

    static Destination.Entrance entrance(ServiceConfig workspace) {
        CallersConfig callers = workspace.entrance().callers();
        return new Destination.Entrance(
                workspace.audiences(),
                new CallerRules(
                        callers.kinds(),
                        callers.clientApplications(),
                        callers.confidentialClientsOnly(),
                        callers.scopes(),
                        callers.roles()),
                workspace.entrance().stepUp().map(stepUp -> stepUp(stepUp, workspace)));
    }

    private static StepUp stepUp(StepUpConfig stepUp, ServiceConfig workspace) {
        return new StepUp(
                List.copyOf(stepUp.acrValues()),
                stepUp.maxAuthAge(),
                stepUp.operations(),
                CredentialTranslation.authorizationUri(workspace.upstream().cloud()));
    }

    private static io.stagedoor.proxy.authn.TenantRule tenant(TenantRule rule) {
        return switch (rule) {
            case TenantRule.FromClaim(String claim, Set<String> allowed) ->
                    new io.stagedoor.proxy.authn.TenantRule.FromClaim(claim, allowed);
            case TenantRule.Fixed(String tenant) ->
                    new io.stagedoor.proxy.authn.TenantRule.Constant(tenant);
        };
    }

    static KeySetTimes keySetTimes(IssuerConfig issuer) {
        KeySetTimes usual = KeySetTimes.DEFAULT;
        return new KeySetTimes(
                issuer.keys().coolDown(),
                usual.pauseAfterFailure(),
                issuer.keys().refreshInterval(),
                issuer.keys().maxAge(),
                usual.fetchLimit());
    }

    static Declared declared(DeclaredAccess access, List<MappedGroup> mapped) {
        Map<PrincipalId, Set<PrincipalId>> memberOf = new HashMap<>(access.memberOf());
        for (MappedGroup each : mapped) {
            memberOf.merge(groupOf(each), each.countsAs(), Translation::together);
        }
        return Declared.of(access.assignments(), memberOf, access.guardrails());
    }

    private static PrincipalId groupOf(MappedGroup mapped) {
        return PrincipalId.isGuid(mapped.group())
                ? PrincipalId.of(mapped.tenant(), mapped.group())
                : PrincipalId.ofName(mapped.tenant(), mapped.group());
    }

    private static Set<PrincipalId> together(Set<PrincipalId> one, Set<PrincipalId> other) {
        Set<PrincipalId> all = new HashSet<>(one);
        all.addAll(other);
        return all;
    }

    static ClaimUse claimUse(DirectoryConfig.ClaimUse use) {
        return switch (use) {
            case TOKEN -> ClaimUse.TOKEN;
            case DIRECTORY -> ClaimUse.DIRECTORY;
            case TOKEN_THEN_DIRECTORY -> ClaimUse.TOKEN_THEN_DIRECTORY;
        };
    }

    /** Returns what makes the sessions of Tableau sites. */
    SiteMeans sites() {
        return new SiteMeans(this::reveal);
    }

    Supplier<String> reveal(SecretRef secret) {
        return credentials.reveal(secret);
    }

    /** Returns the translation of what upstreams are entered with. */
    CredentialTranslation credentials() {
        return credentials;
    }

    /** Returns what the audit record calls the identity that the proxy has upstream. */
    static String identityOf(CredentialConfig credential) {
        return switch (credential) {
            case CredentialConfig.ManagedIdentity(var clientId) ->
                    "managed_identity" + clientId.map(id -> ":" + id).orElse("");
            case CredentialConfig.WorkloadIdentity(var _, var clientId, var _) ->
                    "workload_identity:" + clientId;
            case CredentialConfig.ClientSecret app -> "client_secret:" + app.clientId();
            case CredentialConfig.ClientCertificate app -> "client_certificate:" + app.clientId();
            case CredentialConfig.StaticBearer _ -> "static_bearer";
            case CredentialConfig.OfSite(var means) -> SiteMeans.identityOf(means);
            case CredentialConfig.OnBehalfOf(var application) ->
                    "on_behalf_of:" + application.clientId();
            case CredentialConfig.PassThrough _ -> "pass_through";
        };
    }
}
