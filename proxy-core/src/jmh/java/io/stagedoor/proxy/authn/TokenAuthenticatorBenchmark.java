package io.stagedoor.proxy.authn;

import io.stagedoor.proxy.authn.jose.UnverifiedToken;
import io.stagedoor.proxy.authn.keys.KeySetTimes;
import io.stagedoor.proxy.refusal.RefusedException;
import java.io.IOException;
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
    private Optional<VerifiedToken> last = Optional.empty();
    private Optional<TokenVerifier> verifier = Optional.empty();
    private int next;

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Optional<String>[] fields(int count) {
        return new Optional[count];
    }

    @Setup
    public void verifyOnce() throws IOException {
        fixture.reset();
        Draft draft = fixture.good().claim("groups", groups());
        fields = fields(TOKENS);
        for (int i = 0; i < TOKENS; i++) {
            String token = draft.claim("uti", "token-" + i).sign(TestKeys.RSA);
            fields[i] = AuthnFixture.bearer(token);
            last = Optional.of(fixture.accept(token));
        }
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
        return fixture.authenticator().tryAuthenticate(fields[next], Set.of());
    }

    /** The same token again on the same connection. */
    @Benchmark
    public Optional<VerifiedToken> reused() throws RefusedException {
        return fixture.authenticator().tryReuse(last.orElseThrow(), Set.of());
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
