package io.stagedoor.proxy.credential.tableau;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.stagedoor.proxy.credential.CredentialDemand;
import io.stagedoor.proxy.credential.CredentialHealth;
import io.stagedoor.proxy.credential.CredentialMeans;
import io.stagedoor.proxy.credential.TokenUnavailableException;
import io.stagedoor.proxy.credential.UpstreamCredential;
import io.stagedoor.proxy.credential.tableau.SignInException.Cause;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.Refusal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions at one Tableau site: one for each caller and set of scopes where callers are asserted,
 * one for all with a personal access token.
 *
 * <p>A session is opened when it is first needed, shared by all requests of the same key, renewed ahead
 * of its end by whoever uses it, opened anew after Tableau refused it, and signed out of when it is
 * replaced, was not used for long, or these means are closed. Safe for any thread; {@link #atHand} never
 * waits.
 */
public final class TableauSessions implements CredentialMeans {

    private static final Logger LOG = LoggerFactory.getLogger(TableauSessions.class);

    private final TableauSite site;
    private final SignInWay way;
    private final SessionLimits limits;
    private final InstantSource clock;
    private final SiteClient client;
    private final SignOuts signOuts;
    private final SiteHealth health = new SiteHealth();
    private final RefusedUsers refusedUsers;
    private final Cache<SessionKey, SessionSlot> slots;
    private final Cache<String, Opened> byToken;
    private volatile Optional<String> siteId = Optional.empty();
    private volatile boolean closed;

    private final Optional<IssuerKeys> issuerKeys;

    private TableauSessions(
            TableauSite site,
            SignInWay way,
            Optional<IssuerKeys> issuerKeys,
            SessionLimits limits,
            InstantSource clock) {
        this.site = site;
        this.issuerKeys = issuerKeys;
        this.way = way;
        this.limits = limits;
        this.clock = clock;
        this.client = new SiteClient(site);
        this.signOuts = new SignOuts(client, limits);
        this.refusedUsers = new RefusedUsers(clock);
        this.slots =
                Caffeine.newBuilder()
                        .maximumSize(limits.sessions())
                        .expireAfterAccess(limits.idle())
                        .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                        .executor(Runnable::run)
                        .removalListener(TableauSessions::onRemoved)
                        .build();
        this.byToken =
                Caffeine.newBuilder()
                        .maximumSize(2L * limits.sessions())
                        .expireAfterWrite(limits.idle())
                        .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                        .executor(Runnable::run)
                        .build();
    }

    /** What is known of a session that was handed out, also when it has been replaced. */
    private record Opened(SessionKey key, SignedIn told) {}

    private static void onRemoved(
            @Nullable SessionKey key, @Nullable SessionSlot slot, RemovalCause cause) {
        if (slot != null) {
            slot.end();
        }
    }

    /** Makes the sessions of a site; nobody is signed in yet. */
    public static TableauSessions of(
            TableauSite site,
            TableauCredential credential,
            SessionLimits limits,
            InstantSource clock) {
        Optional<IssuerKeys> keys =
                credential instanceof TableauCredential.OauthTrust trust
                        ? Optional.of(trust.keys())
                        : Optional.empty();
        return new TableauSessions(site, wayOf(credential, clock), keys, limits, clock);
    }

    /** Returns the keys whose public halves Tableau must find, where the proxy is an issuer. */
    public Optional<IssuerKeys> issuerKeys() {
        return issuerKeys;
    }

    private static SignInWay wayOf(TableauCredential credential, InstantSource clock) {
        return switch (credential) {
            case TableauCredential.ConnectedApp app -> AssertionWay.of(app, clock);
            case TableauCredential.OauthTrust trust -> AssertionWay.of(trust, clock);
            case TableauCredential.PersonalAccessToken token -> new AccessTokenWay(token);
        };
    }

    @Override
    public Optional<UpstreamCredential> atHand(CredentialDemand demand) {
        try {
            return slotOf(way.keyOf(demand)).atHand().map(HeldSession::credential);
        } catch (TokenUnavailableException _) {
            return Optional.empty();
        }
    }

    @Override
    public UpstreamCredential acquire(CredentialDemand demand) throws TokenUnavailableException {
        return slotOf(way.keyOf(demand)).await().credential();
    }

    @Override
    public void refused(UpstreamCredential credential) {
        Opened opened = byToken.getIfPresent(credential.value());
        SessionSlot slot = opened == null ? null : slots.getIfPresent(opened.key());
        if (slot != null && slot.refused(credential)) {
            LOG.atInfo()
                    .addKeyValue("upstream", site.service())
                    .addKeyValue("credential", way.kind())
                    .log("tableau refused a session; the next request opens another");
        }
    }

    /** Returns what Tableau said of the session that a credential of these means stands for. */
    public Optional<SignedIn> signedIn(UpstreamCredential credential) {
        return Optional.ofNullable(byToken.getIfPresent(credential.value())).map(Opened::told);
    }

    /** Returns the LUID of the site, once somebody was signed in. */
    public Optional<String> siteLuid() {
        return siteId;
    }

    @Override
    public void renewDue() {
        slots.cleanUp();
        way.ahead().ifPresent(key -> slotOf(key).keep());
    }

    @Override
    public CredentialHealth health() {
        SiteHealth.State state = health.state();
        return new CredentialHealth(
                site.service(),
                way.kind(),
                usableUntil(state),
                state.failures(),
                state.lastFailure(),
                state.lastFailureAt());
    }

    /**
     * Where nobody is signed in ahead of need, whoever comes can be expected to be signed in, as long as
     * that did not fail for the last one.
     */
    private Optional<Instant> usableUntil(SiteHealth.State state) {
        Optional<SessionKey> ahead = way.ahead();
        if (ahead.isPresent()) {
            return slotOf(ahead.get()).atHand().map(it -> it.credential().expiresAt());
        }
        return state.failures() == 0
                ? Optional.of(clock.instant().plus(limits.idle()))
                : Optional.empty();
    }

    private SessionSlot slotOf(SessionKey key) {
        return slots.get(key, it -> new SessionSlot(it, new Work()));
    }

    /** What slots have done for them. */
    private final class Work implements SessionWork {

        @Override
        public Instant now() {
            return clock.instant();
        }

        @Override
        public HeldSession open(SessionKey key) throws TokenUnavailableException {
            if (closed) {
                throw new TokenUnavailableException("the proxy is stopping");
            }
            health.requireOpen(clock.instant());
            refusedUsers.requireNone(key);
            return opened(key);
        }

        @Override
        public void replaced(HeldSession former) {
            if (!way.endsFormer()) {
                signOuts.afterGrace(former.session());
            }
        }

        @Override
        public void unused(HeldSession session) {
            signOuts.now(session.session());
        }
    }

    private HeldSession opened(SessionKey key) throws TokenUnavailableException {
        try {
            SiteSession session = way.signIn(key, client);
            HeldSession held = HeldSession.of(session, clock.instant(), limits.idle());
            byToken.put(session.token(), new Opened(key, told(session)));
            siteId = Optional.of(session.siteId());
            health.opened();
            return held;
        } catch (SignInException failure) {
            LOG.atWarn()
                    .addKeyValue("upstream", site.service())
                    .addKeyValue("credential", way.kind())
                    .addKeyValue("reason", failure.getMessage())
                    .log("no session at tableau");
            throw failure.reason() == Cause.USER ? refusedUser(key, failure) : troubled(failure);
        }
    }

    private static SignedIn told(SiteSession session) {
        return new SignedIn(session.siteId(), session.contentUrl(), session.userId());
    }

    private TokenUnavailableException refusedUser(SessionKey key, SignInException failure) {
        Refusal told =
                Refusal.of(
                        Code.UPSTREAM_USER_UNKNOWN,
                        "Tableau does not sign in the user `" + key.userName() + "`",
                        "have an administrator of the site add a user of exactly this name: letter"
                                + " case counts");
        return refusedUsers.remember(
                key, new TokenUnavailableException(String.valueOf(failure.getMessage()), told));
    }

    private TokenUnavailableException troubled(SignInException failure) {
        String why = String.valueOf(failure.getMessage());
        Optional<Refusal> told =
                failure.reason() == Cause.UNREACHABLE
                        ? Optional.of(
                                Refusal.of(
                                        Code.UPSTREAM_UNREACHABLE,
                                        "Tableau cannot be reached to sign in; nothing was sent to"
                                                + " it",
                                        "try again shortly"))
                        : Optional.empty();
        health.failed(why, told, clock.instant());
        return SiteHealth.unavailable(why, told);
    }

    /** Signs out of all sessions, for a bounded time. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        slots.invalidateAll();
        signOuts.close();
        client.close();
    }
}
