package io.stagedoor.proxy.authn;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.stagedoor.proxy.authn.jose.UnverifiedToken;
import io.stagedoor.proxy.authn.keys.KeySetTimes;
import io.stagedoor.proxy.refusal.RefusedException;
import java.io.IOException;
import java.text.ParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a token costs: remembered (by digest, and as the repeat of a connection's last one), and new
 * (strict form, key look-up, signature, claims). Tokens name 30 groups, like those of the reference
 * figures.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class TokenAuthenticatorBenchmark {

    private static final int TOKENS = 256;

    private final AuthnFixture fixture = new AuthnFixture();
    private Optional<String>[] fields = fields(0);
    private String rs256 = "";
    private String es256 = "";
    private final LastToken lastToken = new LastToken();
    private Optional<String> repeat = Optional.empty();
    private final DefaultJWTProcessor<SecurityContext> nimbus = new DefaultJWTProcessor<>();
    private Optional<TokenVerifier> verifier = Optional.empty();
    private int next;

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Optional<String>[] fields(int count) {
        return new Optional[count];
    }

    @Setup
    public void verifyOnce() throws IOException, RefusedException, ParseException {
        fixture.reset();
        Draft draft = fixture.good().claim("groups", groups());
        fields = fields(TOKENS);
        for (int i = 0; i < TOKENS; i++) {
            String token = draft.claim("uti", "token-" + i).sign(TestKeys.RSA);
            fields[i] = AuthnFixture.bearer(token);
            fixture.accept(token);
        }
        repeat = AuthnFixture.bearer(draft.claim("uti", "token-0").sign(TestKeys.RSA));
        fixture.authenticator().authenticate(repeat, Set.of(), lastToken);
        // another connection's copy of the field, as the decoder makes one for each request
        repeat = repeat.map(field -> new String(field.toCharArray()));
        rs256 = draft.sign(TestKeys.RSA);
        es256 = draft.header("alg", "ES256").header("kid", "ec").sign(TestKeys.P256);
        TokenVerifier fresh =
                TokenVerifier.of(
                        fixture.entraIssuer(),
                        KeySetTimes.DEFAULT,
                        fixture.clock,
                        AuthenticationListener.NONE);
        fresh.keys().preload();
        verifier = Optional.of(fresh);
        nimbus.setJWSKeySelector(
                new JWSVerificationKeySelector<>(
                        Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256),
                        new ImmutableJWKSet<>(
                                JWKSet.parse(
                                        "{\"keys\":["
                                                + TestKeys.jwk("rsa", TestKeys.RSA)
                                                + ","
                                                + TestKeys.jwk("ec", TestKeys.P256)
                                                + "]}"))));
        nimbus.setJWSVerifierFactory(onTheSameProvider());
        nimbus.setJWTClaimsSetVerifier(null);
    }

    private static DefaultJWSVerifierFactory onTheSameProvider() {
        DefaultJWSVerifierFactory factory = new DefaultJWSVerifierFactory();
        factory.getJCAContext().setProvider(AmazonCorrettoCryptoProvider.INSTANCE);
        return factory;
    }

    private static Object groups() {
        return IntStream.range(0, 30)
                .mapToObj(
                        group -> String.format(Locale.ROOT, "96000000-0000-4000-8000-%012x", group))
                .toList();
    }

    @TearDown
    public void stop() {
        fixture.close();
    }

    /** A token that was verified before, 256 of them in turn. */
    @Benchmark
    public Optional<VerifiedToken> remembered() throws RefusedException {
        next = (next + 1) % TOKENS;
        return fixture.authenticator().tryAuthenticate(fields[next], Set.of(), new LastToken());
    }

    /** The same token again on the same connection. */
    @Benchmark
    public Optional<VerifiedToken> reused() throws RefusedException {
        return fixture.authenticator().tryAuthenticate(repeat, Set.of(), lastToken);
    }

    /** The part of a remembered token's cost that is its digest's. */
    @Benchmark
    public Object digest() {
        next = (next + 1) % TOKENS;
        return TokenDigest.of(fields[next].orElseThrow(), 7);
    }

    /** What the JOSE library itself needs for a new token, on the same provider: RSA. */
    @Benchmark
    public Object nimbusRs256() throws Exception {
        return nimbus.process(rs256, null);
    }

    /** What the JOSE library itself needs for a new token, on the same provider: ECDSA. */
    @Benchmark
    public Object nimbusEs256() throws Exception {
        return nimbus.process(es256, null);
    }

    /** A token never seen before, signed with RSA. */
    @Benchmark
    public VerifiedToken newRs256() throws RefusedException {
        return verify(rs256);
    }

    /** A token never seen before, signed with ECDSA. */
    @Benchmark
    public VerifiedToken newEs256() throws RefusedException {
        return verify(es256);
    }

    /** The part of a new token's cost that is not its signature's: strict form and JSON. */
    @Benchmark
    public UnverifiedToken parsed() throws RefusedException {
        return UnverifiedToken.parse(rs256);
    }

    private VerifiedToken verify(String token) throws RefusedException {
        UnverifiedToken unverified = UnverifiedToken.parse(token);
        TokenVerifier fresh = verifier.orElseThrow();
        return fresh.verify(unverified, fresh.keyFor(unverified), fixture.clock.instant());
    }
}
