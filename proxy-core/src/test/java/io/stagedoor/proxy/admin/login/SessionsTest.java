package io.stagedoor.proxy.admin.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.proxy.admin.Operator;
import io.stagedoor.proxy.http.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How long sessions and sign-ins last, and how many there are. */
class SessionsTest {

    private static final SignIns.Somebody ADA = () -> new Operator("t/ada", Optional.empty());

    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final Sessions sessions =
            new Sessions(Duration.ofMinutes(30), Duration.ofHours(8), () -> now);
    private final PendingLogins pending = new PendingLogins(() -> now);

    @Test
    void aSessionEndsAfterAWhileWithoutUse() {
        String id = sessions.begin(ADA);

        now = now.plus(Duration.ofMinutes(29));
        assertThat(sessions.use(id)).isPresent();
        now = now.plus(Duration.ofMinutes(29));
        assertThat(sessions.use(id)).isPresent();
        now = now.plus(Duration.ofMinutes(30));
        assertThat(sessions.use(id)).isEmpty();
        now = now.minus(Duration.ofMinutes(10));
        assertThat(sessions.use(id)).as("what ended stays ended").isEmpty();
    }

    @Test
    void aSessionEndsHoweverMuchItIsUsed() {
        String id = sessions.begin(ADA);
        for (int i = 0; i < 31; i++) {
            now = now.plus(Duration.ofMinutes(15));
            assertThat(sessions.use(id)).isPresent();
        }

        now = now.plus(Duration.ofMinutes(15));

        assertThat(sessions.use(id)).isEmpty();
    }

    @Test
    void theOneUnusedTheLongestMakesRoom() {
        String first = sessions.begin(ADA);
        String second = sessions.begin(ADA);
        Set<String> ids = new HashSet<>(Set.of(first, second));
        assertThat(sessions.use(first)).isPresent();

        for (int i = 0; i < 999; i++) {
            ids.add(sessions.begin(ADA));
        }

        assertThat(ids).hasSize(1001);
        assertThat(sessions.use(second)).isEmpty();
        assertThat(sessions.use(first)).isPresent();
    }

    @Test
    void aSignInIsGoodForTenMinutesOnceAndInItsBrowser() {
        pending.begin("s1", "browser");
        pending.begin("s2", "browser");
        pending.begin("s3", "browser");
        assertThat(pending.take("s1", "browser")).isPresent();
        assertThat(pending.take("s1", "browser")).isEmpty();
        assertThat(pending.take("s2", "another")).isEmpty();

        now = now.plus(PendingLogins.LIFE);

        assertThat(pending.take("s3", "browser")).isEmpty();
    }

    @Test
    void signInsAreBounded() {
        pending.begin("first", "browser");

        for (int i = 0; i < 1000; i++) {
            pending.begin("s" + i, "browser");
        }

        assertThat(pending.take("first", "browser")).isEmpty();
        assertThat(pending.take("s0", "browser")).isPresent();
    }

    @Test
    void aCookieThatIsThereTwiceIsNone() {
        assertThat(Cookies.read(Fields.of("Cookie", "a=1; __Host-stagedoor=x"), Cookies.SESSION))
                .contains("x");
        assertThat(
                        Cookies.read(
                                Fields.of("Cookie", "__Host-stagedoor=x; __Host-stagedoor=y"),
                                Cookies.SESSION))
                .isEmpty();
    }

    @Test
    void everyTextOfAPageIsEscaped() {
        assertThat(Page.escaped("<a href=\"x\" title='y'>&"))
                .isEqualTo("&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;");
    }
}
