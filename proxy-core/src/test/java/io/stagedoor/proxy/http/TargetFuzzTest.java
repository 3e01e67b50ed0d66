package io.stagedoor.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.proxy.refusal.RefusedException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Seeded random targets, read by the parser and by {@link TargetOracle}. */
class TargetFuzzTest {

    private static final long SEED = 0x57A6ED00L;
    private static final int TARGETS = 50_000;
    private static final List<String> PIECES =
            List.of(
                    "a",
                    "Z",
                    "0",
                    "-",
                    ".",
                    "..",
                    "_",
                    "~",
                    "pipelines",
                    "createRun",
                    "/",
                    "/",
                    "/",
                    "//",
                    "?",
                    "&",
                    "=",
                    ";",
                    "#",
                    "\\",
                    " ",
                    "\t",
                    "\0",
                    "é",
                    "%",
                    "%2",
                    "%2f",
                    "%2F",
                    "%5C",
                    "%2e",
                    "%2E%2e",
                    "%252e",
                    "%25",
                    "%00",
                    "%0a",
                    "%20",
                    "%C3%A9",
                    "%C3",
                    "%A9",
                    "%c0%ae",
                    "%E2%82%AC",
                    "%ED%A0%80",
                    "%F0%9F%98%80",
                    "%EF%BC%8F",
                    "%61",
                    "%3B",
                    "%3F",
                    "%23",
                    "%zz",
                    "+",
                    ":",
                    "@",
                    "$",
                    "'",
                    "(",
                    "*",
                    ",",
                    "[",
                    "|",
                    "{",
                    "\"",
                    "<",
                    "comp",
                    "comp=x",
                    "&comp=y",
                    "&Comp",
                    "%63omp",
                    "%24x");

    @Test
    void agreesWithTheOracleOnRandomTargets() {
        Random random = new Random(SEED);
        int accepted = 0;
        for (int i = 0; i < TARGETS; i++) {
            String target = randomTarget(random);

            Optional<List<String>> parsed = parse(target);

            assertThat(parsed).as(target).isEqualTo(TargetOracle.segments(target));
            accepted += parsed.isPresent() ? 1 : 0;
        }
        assertThat(accepted).as("targets accepted").isBetween(TARGETS / 20, TARGETS * 9 / 10);
    }

    @Test
    void readsBackEveryNameAClientEncodes() throws RefusedException {
        Random random = new Random(SEED);
        for (int i = 0; i < 10_000; i++) {
            List<String> names = new ArrayList<>();
            StringBuilder target = new StringBuilder();
            for (int n = random.nextInt(1, 6); n > 0; n--) {
                String name = randomName(random);
                names.add(name);
                target.append('/').append(encode(name));
            }

            assertThat(CanonicalTarget.parse(target.toString()).segments()).isEqualTo(names);
        }
    }

    @Test
    void strippingAPrefixIsParsingTheRest() throws RefusedException {
        Random random = new Random(SEED);
        for (int i = 0; i < 10_000; i++) {
            String rest = "/" + encode(randomName(random)) + "/x?y=" + encode(randomName(random));
            String prefix = "/" + encode(randomName(random)) + "/" + encode(randomName(random));

            CanonicalTarget stripped = CanonicalTarget.parse(prefix + rest).withPrefixStripped(2);

            assertThat(stripped).isEqualTo(CanonicalTarget.parse(rest));
            assertThat(stripped.segments()).isEqualTo(CanonicalTarget.parse(rest).segments());
        }
    }

    private static Optional<List<String>> parse(String target) {
        try {
            CanonicalTarget parsed = CanonicalTarget.parse(target);
            assertThat(parsed.raw()).isSameAs(target);
            return Optional.of(parsed.segments());
        } catch (RefusedException _) {
            return Optional.empty();
        }
    }

    private static String randomTarget(Random random) {
        StringBuilder target = new StringBuilder(random.nextInt(50) == 0 ? "" : "/");
        boolean tame = random.nextBoolean();
        for (int n = random.nextInt(12); n > 0; n--) {
            target.append(tame ? tamePiece(random) : PIECES.get(random.nextInt(PIECES.size())));
        }
        return target.toString();
    }

    private static String tamePiece(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> "/x";
            case 1 -> encode(randomName(random));
            case 2 -> "/" + encode(randomName(random));
            case 3 -> "?p" + random.nextInt(9) + "=" + encode(randomName(random));
            case 4 -> "&q" + random.nextInt(9) + "=1";
            default -> "b";
        };
    }

    /** A name of any characters that the documents allow, and some that they do not forbid. */
    private static String randomName(Random random) {
        StringBuilder name = new StringBuilder("n");
        for (int n = random.nextInt(8); n > 0; n--) {
            int c =
                    random.nextInt(4) == 0
                            ? random.nextInt(0xa1, 0x1f600)
                            : random.nextInt(' ', 0x7f);
            boolean allowed =
                    Character.isLetterOrDigit(c) || "-_ ~!$&'()*+,=@[]{}|^`\"<>:".indexOf(c) >= 0;
            boolean letter =
                    c < 128 || (c < 0x3000 && Character.getType(c) == Character.OTHER_LETTER);
            if (allowed && letter) {
                name.appendCodePoint(c);
            }
        }
        return name.append('z').toString();
    }

    private static String encode(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
