package io.stagedoor.proxy.authn.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.proxy.directory.testing.TestClock;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProxySessionsTest {

    private final TestClock clock = new TestClock();
    private final ProxySessions sessions = new ProxySessions(clock, 100);

    @Test
    void findsASessionByItsValue() throws Exception {
        OpenSession ann = session("site", "ann");
        OpenSession ben = session("site", "ben");
        String annsValue = sessions.open(ann);
        String bensValue = sessions.open(ben);

        assertThat(sessions.find("site", annsValue)).isEqualTo(ann);
        assertThat(sessions.find("site", bensValue)).isEqualTo(ben);
        assertThat(annsValue).matches("[A-Za-z0-9_-]{43}").isNotEqualTo(bensValue);
    }

    @Test
    void isGoodForItsServiceAlone() {
        String value = sessions.open(session("site", "ann"));

        sessions.end("other", value);

        assertThat(codeOf("other", value)).isEqualTo(Code.SESSION_UNKNOWN);
        assertThat(codeOf("site", value)).isNull();
    }

    @Test
    void endsWithItsToken() {
        String value = sessions.open(session("site", "ann"));
        clock.advance(Duration.ofHours(1).minusMillis(1));
        assertThat(codeOf("site", value)).isNull();

        clock.advance(Duration.ofMillis(1));

        assertThat(codeOf("site", value)).isEqualTo(Code.SESSION_UNKNOWN);
    }

    @Test
    void endsWhenItIsEnded() {
        String value = sessions.open(session("site", "ann"));

        sessions.end("site", value);

        assertThat(codeOf("site", value)).isEqualTo(Code.SESSION_UNKNOWN);
    }

    @Test
    void knowsNoValueThatItDidNotGive() {
        assertThat(codeOf("site", "")).isEqualTo(Code.SESSION_UNKNOWN);
        assertThat(codeOf("site", "x".repeat(100_000))).isEqualTo(Code.SESSION_UNKNOWN);
    }

    @Test
    void holdsABoundedNumber() {
        for (int i = 0; i < 10_000; i++) {
            sessions.open(session("site", "user" + i));
        }

        assertThat(sessions.count()).isLessThanOrEqualTo(100);
    }

    private OpenSession session(String service, String user) {
        return new OpenSession(
                service,
                PrincipalId.of("tenant", user),
                "token of " + user,
                clock.instant().plus(Duration.ofHours(1)));
    }

    /** Gives no code for a session that is found. */
    private @Nullable Code codeOf(String service, String value) {
        RefusedException refused =
                catchThrowableOfType(RefusedException.class, () -> sessions.find(service, value));
        return refused == null ? null : refused.code();
    }
}
