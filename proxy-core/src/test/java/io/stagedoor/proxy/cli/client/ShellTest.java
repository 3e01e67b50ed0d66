package io.stagedoor.proxy.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "two words",
                "it's",
                "$(touch /tmp/x) `id` $HOME \\ \"quoted\" ; & | < > * ? [a] {b} ~ ! #",
                "line\nbreak",
                "{\"suffixes\":{\"a\":\".b\"}}",
                "é \u2018typographic\u2019"
            })
    void aShellTakesTheTextAsItIs(String text) throws Exception {
        String line = Shell.SH.assigned("STAGEDOOR_TEST", text) + "; printenv STAGEDOOR_TEST";
        Process shell = new ProcessBuilder("sh", "-c", line).redirectErrorStream(true).start();

        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(output).isEqualTo(text + "\n");
    }

    @Test
    void powershellHasEveryQuoteDoubled() {
        assertThat(Shell.POWERSHELL.assigned("A", "it's \u2018so\u2019 $x"))
                .isEqualTo("$env:A = 'it''s \u2018\u2018so\u2019\u2019 $x'");
        assertThat(Shell.POWERSHELL.called(List.of("az", "@C:\\a b")))
                .isEqualTo("& 'az' '@C:\\a b'");
    }

    @Test
    void aNoteStaysOnItsLine() {
        assertThat(Shell.SH.noted("a\nrm x")).isEqualTo("# a rm x");
    }
}
