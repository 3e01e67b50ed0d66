package io.stagedoor.proxy.authn.introspection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks an issuer about tokens, at most {@value #AT_A_TIME} at a time.
 *
 * <p>Blocks; for virtual threads. Safe for use by many. Whatever goes wrong, no token is taken.
 */
public final class Introspection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Introspection.class);
    private static final int AT_A_TIME = 64;

    private final String issuerName;
    private final IntrospectionEndpoint endpoint;
    private final IntrospectionSource source;
    private final Semaphore turns = new Semaphore(AT_A_TIME, true);

    private Introspection(
            String issuerName, IntrospectionEndpoint endpoint, IntrospectionSource source) {
        this.issuerName = issuerName;
        this.endpoint = endpoint;
        this.source = source;
    }

    /**
     * Makes one that asks at the source. Nothing is asked yet.
     *
     * @param issuerName the configured name, for logs
     * @throws IOException if the certificates to trust cannot be read
     */
    public static Introspection of(String issuerName, IntrospectionSource source)
            throws IOException {
        return new Introspection(issuerName, IntrospectionEndpoint.of(source), source);
    }

    /** Returns how long a good answer is taken at most. */
    public Duration rememberedFor() {
        return source.rememberedFor();
    }

    /**
     * Asks about a token.
     *
     * @return the claims of the token, which is active
     * @throws RefusedException with {@code token_inactive}, with {@code introspection_unavailable}, or
     *     with {@code overloaded}
     */
    public ObjectNode ask(String token) throws RefusedException {
        begin();
        try {
            return active(endpoint.ask(token));
        } catch (IOException failed) {
            LOG.atWarn()
                    .addKeyValue("issuer", issuerName)
                    .addKeyValue("reason", failed.getMessage())
                    .log("an issuer could not be asked about a token");
            throw RefusedException.of(
                    Code.INTROSPECTION_UNAVAILABLE,
                    "the issuer cannot be asked about the token at present",
                    "try again in a minute; the proxy's log says what is wrong");
        } finally {
            turns.release();
        }
    }

    private void begin() throws RefusedException {
        boolean begun;
        try {
            begun = turns.tryAcquire(source.timeLimit().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            begun = false;
        }
        if (!begun) {
            throw RefusedException.of(
                    Code.OVERLOADED, "too many tokens are being asked about", "try again shortly");
        }
    }

    private static ObjectNode active(ObjectNode answer) throws IOException, RefusedException {
        JsonNode active = answer.path("active");
        if (!active.isBoolean()) {
            throw new IOException("the answer does not say whether the token is active");
        }
        if (!active.booleanValue()) {
            throw RefusedException.of(
                    Code.TOKEN_INACTIVE, "the issuer says that the token is not active");
        }
        return answer;
    }

    /** Drops the connections to the issuer. */
    @Override
    public void close() {
        endpoint.close();
    }
}
