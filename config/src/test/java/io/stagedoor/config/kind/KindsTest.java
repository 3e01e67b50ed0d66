package io.stagedoor.config.kind;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.config.text.Position;
import io.stagedoor.config.text.YamlNode;
import io.stagedoor.config.value.DataSize;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class KindsTest {

    @ParameterizedTest
    @CsvSource({
        "0s, PT0S, 0s",
        "250ms, PT0.25S, 250ms",
        "1000ms, PT1S, 1s",
        "90s, PT1M30S, 90s",
        "120s, PT2M, 2m",
        "24h, PT24H, 1d",
        "25h, PT25H, 25h",
        "7d, PT168H, 7d"
    })
    void readsAndShowsADuration(String text, Duration duration, String shown) {
        Kind<Duration> kind = Kinds.duration(Duration.ZERO, Duration.ofDays(7));

        assertThat(parse(kind, text)).isEqualTo(Parsed.value(duration));
        assertThat(kind.display().apply(duration)).isEqualTo(shown);
        assertThat(parse(kind, shown)).isEqualTo(Parsed.value(duration));
    }

    @ParameterizedTest
    @CsvSource({"''", "5", "s", "-5s", "+5s", "5 s", "1h30m", "5S", "5min", "1.5s", "PT5S", "٣s"})
    void refusesADuration(String text) {
        assertThat(parse(Kinds.duration(Duration.ZERO, Duration.ofDays(7)), text))
                .isInstanceOf(Parsed.Wrong.class);
    }

    @Test
    void takesBothBounds() {
        Kind<Duration> kind = Kinds.duration(Duration.ofSeconds(1), Duration.ofSeconds(9));

        assertThat(parse(kind, "1s")).isInstanceOf(Parsed.Value.class);
        assertThat(parse(kind, "9s")).isInstanceOf(Parsed.Value.class);
        assertThat(parse(kind, "999ms")).isInstanceOf(Parsed.Wrong.class);
        assertThat(parse(kind, "9001ms")).isInstanceOf(Parsed.Wrong.class);
        assertThat(parse(Kinds.number(1, 9), "9")).isEqualTo(Parsed.value(9));
        assertThat(parse(Kinds.number(1, 9), "0")).isInstanceOf(Parsed.Wrong.class);
        assertThat(parse(Kinds.number(1, 9), "10")).isInstanceOf(Parsed.Wrong.class);
    }

    @Test
    void tellsATextFromANumberAndATruthValue() {
        assertThat(Kinds.flag().parse(quoted("true"))).isInstanceOf(Parsed.Wrong.class);
        assertThat(Kinds.flag().parse(quoted("x"))).isInstanceOf(Parsed.Wrong.class);
        assertThat(Kinds.number(1, 9).parse(quoted("5")))
                .isEqualTo(
                        Parsed.wrong(
                                "`5` is a text, expected a number from 1 to 9",
                                "remove the quotes"));
        assertThat(parse(Kinds.flag(), "false")).isEqualTo(Parsed.value(false));
        assertThat(parse(Kinds.flag(), "True")).isInstanceOf(Parsed.Wrong.class);
    }

    @Test
    void helpsWithAMisspeltWord() {
        assertThat(parse(Kinds.choice(Shade.class), "gren"))
                .isEqualTo(
                        Parsed.wrong(
                                "`gren` is not one of `green`, `dark_blue`",
                                "did you mean `green`?"));
        assertThat(parse(Kinds.choice(Shade.class), "dark_blue"))
                .isEqualTo(Parsed.value(Shade.DARK_BLUE));
        assertThat(parse(Kinds.choice(Shade.class), "red"))
                .isEqualTo(
                        Parsed.wrong(
                                "`red` is not one of `green`, `dark_blue`",
                                "write for example `green`"));
    }

    private enum Shade {
        GREEN,
        DARK_BLUE
    }

    static List<Kind<?>> kinds() {
        return List.of(
                Kinds.port(8443),
                Kinds.number(3, 9),
                Kinds.flag(),
                Kinds.duration(Duration.ZERO, Duration.ofDays(7)),
                Kinds.duration(Duration.ofMillis(10), Duration.ofSeconds(1)),
                Kinds.size(new DataSize(0), DataSize.ofMebibytes(3)),
                Kinds.guid(),
                Kinds.choice(Shade.class),
                NetKinds.host(),
                NetKinds.bindAddress(),
                NetKinds.pathPrefix(),
                NetKinds.httpsUri("https://a.example/x"),
                NetKinds.origin("https://a.example"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyExampleThatIsShownIsRight(Kind<?> kind) {
        assertThat(parse(kind, kind.example())).isInstanceOf(Parsed.Value.class);
    }

    @Test
    void aWarningStaysWhenTheValueIsCheckedFurther() {
        Kind<Integer> kind =
                Kinds.number(0, 9)
                        .refined((value, _) -> new Parsed.Suspect<>(value, "odd", "look"))
                        .refined(
                                (value, _) ->
                                        value == 0
                                                ? Parsed.wrong("none", "more")
                                                : Parsed.value(value * 2));

        assertThat(parse(kind, "4")).isEqualTo(new Parsed.Suspect<>(8, "odd", "look"));
        assertThat(parse(kind, "0")).isEqualTo(Parsed.wrong("none", "more"));
    }

    private static <T> Parsed<T> parse(Kind<T> kind, String text) {
        return kind.parse(new YamlNode.Scalar(text, true, Position.START));
    }

    private static YamlNode.Scalar quoted(String text) {
        return new YamlNode.Scalar(text, false, Position.START);
    }
}
