package io.stagedoor.proxy.credential.tableau;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import io.stagedoor.proxy.credential.CallerProof;
import io.stagedoor.proxy.credential.CredentialDemand;
import io.stagedoor.proxy.credential.TokenUnavailableException;
import io.stagedoor.proxy.credential.tableau.SignInException.Cause;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.Refusal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs in with an assertion about the caller.
 *
 * <p>There may be several keys to sign it with. The one that Tableau took last is used first, and when
 * it is refused the others are tried in the same sign-in: a key can be exchanged without one that
 * fails.
 */
final class AssertionWay implements SignInWay {

    /** What the proxy reads a site with for itself, when nothing else is said. */
    static final Set<String> READING = Set.of("tableau:content:read");

    private static final Logger LOG = LoggerFactory.getLogger(AssertionWay.class);

    private final String kind;
    private final Supplier<List<AssertionKey>> keys;
    private final Function<SessionKey, JWTClaimsSet> claims;
    private final boolean unified;
    private final Optional<String> proxyUser;
    private final AtomicReference<String> accepted = new AtomicReference<>("");

    private AssertionWay(
            String kind,
            Supplier<List<AssertionKey>> keys,
            Function<SessionKey, JWTClaimsSet> claims,
            boolean unified,
            Optional<String> proxyUser) {
        this.kind = kind;
        this.keys = keys;
        this.claims = claims;
        this.unified = unified;
        this.proxyUser = proxyUser;
    }

    static AssertionWay of(TableauCredential.ConnectedApp app, InstantSource clock) {
        List<AssertionKey> keys =
                app.secrets().stream().map(secret -> AssertionKey.of(app, secret)).toList();
        UserAssertions assertions = new UserAssertions(clock);
        return new AssertionWay(
                app.kind(), () -> keys, user -> assertions.of(app, user), false, app.proxyUser());
    }

    static AssertionWay of(TableauCredential.OauthTrust trust, InstantSource clock) {
        UserAssertions assertions = new UserAssertions(clock);
        return new AssertionWay(
                trust.kind(),
                () -> keysOf(trust),
                user -> assertions.of(trust, user),
                trust.form() instanceof TableauCredential.AssertionForm.Unified,
                trust.proxyUser());
    }

    private static List<AssertionKey> keysOf(TableauCredential.OauthTrust trust) {
        List<AssertionKey> keys = new ArrayList<>();
        for (RSAKey key : trust.keys().all()) {
            keys.add(AssertionKey.of(trust, key));
        }
        return keys;
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public SessionKey keyOf(CredentialDemand demand) throws TokenUnavailableException {
        CallerProof caller = demand.caller();
        if (caller.equals(CallerProof.PROXY)) {
            return SessionKey.of(
                    caller.principal(),
                    proxyUser.orElseThrow(AssertionWay::noProxyUser),
                    demand.scopes().isEmpty() ? READING : demand.scopes());
        }
        if (demand.scopes().isEmpty()) {
            throw noScope();
        }
        return SessionKey.of(
                caller.principal(),
                caller.userName().orElseThrow(AssertionWay::nameless),
                demand.scopes());
    }

    private static TokenUnavailableException noProxyUser() {
        return new TokenUnavailableException(
                "no Tableau user is configured that the proxy reads the site as (`proxy_user`)");
    }

    private static TokenUnavailableException noScope() {
        return new TokenUnavailableException(
                "the operation has no scope that an assertion could ask for",
                Refusal.of(
                        Code.CREDENTIAL_UNFIT,
                        "Tableau documents no scope for this operation, so that no session that is"
                                + " opened by an assertion about the caller may do it",
                        "it can be served where the site's credential is a personal access token"
                                + " (`personal_access_token`)"));
    }

    private static TokenUnavailableException nameless() {
        return new TokenUnavailableException(
                "the caller's token has no user name",
                Refusal.of(
                        Code.UPSTREAM_USER_UNKNOWN,
                        "the token names no user by whom Tableau could know the caller",
                        "ask with the token of a user, or have the issuer's `claims.user_name`"
                                + " name the claim"));
    }

    @Override
    public SiteSession signIn(SessionKey key, SiteClient client) throws SignInException {
        List<String> refusals = new ArrayList<>();
        for (AssertionKey each : inOrder()) {
            Optional<SiteSession> session = tried(each, key, client, refusals);
            if (session.isPresent()) {
                accept(each);
                return session.get();
            }
        }
        throw new SignInException(Cause.PROOF, String.join("; ", refusals));
    }

    private List<AssertionKey> inOrder() throws SignInException {
        try {
            List<AssertionKey> all = keys.get();
            String last = accepted.get();
            return Stream.concat(
                            all.stream().filter(key -> key.name().equals(last)),
                            all.stream().filter(key -> !key.name().equals(last)))
                    .toList();
        } catch (RuntimeException failure) {
            throw new SignInException(
                    Cause.PROOF, "a signing key cannot be read: " + failure.getMessage());
        }
    }

    /** A refusal that is not about the key ends the trying. */
    private Optional<SiteSession> tried(
            AssertionKey key, SessionKey user, SiteClient client, List<String> refusals)
            throws SignInException {
        try {
            String assertion = key.sign(claims.apply(user));
            return Optional.of(client.signIn(new SignInProof.Assertion(assertion, unified)));
        } catch (SignInException refused) {
            if (refused.reason() != Cause.PROOF) {
                throw refused;
            }
            refusals.add(key.name() + ": " + refused.getMessage());
            return Optional.empty();
        }
    }

    private void accept(AssertionKey key) {
        String before = accepted.getAndSet(key.name());
        if (!before.equals(key.name())) {
            LOG.atInfo()
                    .addKeyValue("credential", kind)
                    .addKeyValue("key", key.name())
                    .log("tableau takes assertions signed with this key");
        }
    }

    @Override
    public boolean endsFormer() {
        return false;
    }

    @Override
    public Optional<SessionKey> ahead() {
        return proxyUser.map(name -> SessionKey.of(CallerProof.PROXY.principal(), name, READING));
    }
}
