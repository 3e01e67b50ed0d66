package io.stagedoor.config.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.config.refresh.RefreshGuardConfig.Answer;
import io.stagedoor.config.refresh.RefreshGuardConfig.WhenUnknown;
import io.stagedoor.config.testing.ConfigFolder;
import io.stagedoor.config.testing.KeyTable;
import io.stagedoor.config.value.SecretRef;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefreshGuardConfigTest {

    private static final String LUID = "9a8b7c6d-0000-4000-8000-0000000000e1";
    private static final SourceCheckConfig CIRCUIT = new SourceCheckConfig.Circuit("ws1");
    private static final RefreshSourceConfig SOURCE =
            new RefreshSourceConfig("a", Set.of("*"), Optional.empty(), List.of(CIRCUIT));

    @TempDir Path temp;
    private ConfigFolder folder;

    @BeforeEach
    void fillFolder() {
        folder = ConfigFolder.in(temp);
    }

    @Test
    void hasTheseKeysAndDefaults() {
        times(KeyTable.of(folder, () -> RefreshGuardConfig::read))
                .optional(
                        "answer",
                        RefreshGuardConfig::answer,
                        Answer.CONFLICT,
                        "unavailable",
                        Answer.UNAVAILABLE)
                .optional(
                        "when_unknown",
                        RefreshGuardConfig::whenUnknown,
                        WhenUnknown.HOLD,
                        "pass",
                        WhenUnknown.PASS)
                .optional("find_sources", RefreshGuardConfig::findSources, false, "true", true)
                .optional("warn", RefreshGuardConfig::warn, false, "true", true)
                .optional(
                        "webhook_secret",
                        RefreshGuardConfig::webhookSecret,
                        Optional.empty(),
                        "env:HOOK",
                        Optional.of(new SecretRef.EnvironmentVariable("HOOK")))
                .optional(
                        "sources",
                        RefreshGuardConfig::sources,
                        List.of(),
                        "[{name: a, checks: [{circuit: {service: ws1}}]}]",
                        List.of(SOURCE))
                .verify();
    }

    private static KeyTable<RefreshGuardConfig> times(KeyTable<RefreshGuardConfig> table) {
        return table.optional(
                        "cache",
                        guard -> guard.times().cache(),
                        Duration.ofSeconds(15),
                        "1m",
                        Duration.ofMinutes(1))
                .optional(
                        "timeout",
                        guard -> guard.times().timeout(),
                        Duration.ofSeconds(5),
                        "2s",
                        Duration.ofSeconds(2))
                .optional(
                        "retry_after",
                        guard -> guard.times().retryAfter(),
                        Duration.ofMinutes(5),
                        "10m",
                        Duration.ofMinutes(10));
    }

    @Test
    void aSourceHasTheseKeysAndDefaults() {
        KeyTable.of(folder, RefreshSourceReader::new)
                .required("name", "warehouse", RefreshSourceConfig::name, "warehouse")
                .optional(
                        "content",
                        RefreshSourceConfig::content,
                        Set.of("*"),
                        "[" + LUID.toUpperCase(Locale.ROOT) + "]",
                        Set.of(LUID))
                .optional(
                        "freshness",
                        RefreshSourceConfig::freshness,
                        Optional.empty(),
                        "1d",
                        Optional.of(Duration.ofDays(1)))
                .required(
                        "checks",
                        "[{circuit: {service: ws1}}]",
                        RefreshSourceConfig::checks,
                        List.of(CIRCUIT))
                .verify();
    }

    @Test
    void aPipelineHasTheseKeysAndDefaults() {
        KeyTable.of(folder, () -> SourceCheckConfig.Pipeline::read)
                .required("service", "ws1", SourceCheckConfig.Pipeline::service, "ws1")
                .required("name", "nightly", SourceCheckConfig.Pipeline::pipeline, "nightly")
                .optional(
                        "max_age",
                        SourceCheckConfig.Pipeline::maxAge,
                        Duration.ofDays(1),
                        "6h",
                        Duration.ofHours(6))
                .optional(
                        "running",
                        SourceCheckConfig.Pipeline::running,
                        SourceCheckConfig.Running.HOLD,
                        "pass",
                        SourceCheckConfig.Running.PASS)
                .verify();
    }

    @Test
    void aPoolAnAddressAndACircuitHaveTheseKeysAndDefaults() {
        KeyTable.of(folder, () -> SourceCheckConfig.SqlPool::read)
                .required("service", "ws1", SourceCheckConfig.SqlPool::service, "ws1")
                .required("name", "dw1", SourceCheckConfig.SqlPool::pool, "dw1")
                .verify();
        KeyTable.of(folder, () -> SourceCheckConfig.Circuit::read)
                .required("service", "ws1", SourceCheckConfig.Circuit::service, "ws1")
                .verify();
        KeyTable.of(folder, () -> SourceCheckConfig.Url::read)
                .required(
                        "uri",
                        "https://status.example/dw",
                        SourceCheckConfig.Url::uri,
                        URI.create("https://status.example/dw"))
                .optional("status", SourceCheckConfig.Url::status, 200, "204", 204)
                .insteadOfThese("trusted_certificates")
                .verify();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]                                                     | the list is empty",
                "[{}]                                                   | none of `pipeline`",
                "[{circuit: {service: a}, sql_pool: {service: a, name: b}}] | more than one kind",
                "[{url: {uri: 'http://status.example'}}]                | is not protected",
                "[{sql_pool: {service: a, name: 'x/y'}}]                | is not a SQL pool's name",
            })
    void refusesWhatIsNoCheck(String checks, String problem) {
        assertThat(folder.problems("name: a\nchecks: " + checks, new RefreshSourceReader()))
                .anyMatch(each -> each.startsWith("2:") && each.contains(problem));
    }

    @Test
    void sourcesOfASiteDiffer() {
        String source = "{name: a, checks: [{circuit: {service: ws1}}]}";

        assertThat(
                        folder.problems(
                                "sources: [" + source + ", " + source + "]",
                                RefreshGuardConfig::read))
                .singleElement()
                .asString()
                .contains("another source of this site is called `a`");
    }
}
