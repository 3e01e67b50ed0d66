package io.stagedoor.proxy.authn;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Every row of the table of bad tokens has a test that goes through the whole proxy. */
class JwtRowsTest {

    /** The numbers of the table's rows; those that are not here were never given. */
    private static final List<Integer> ROWS =
            List.of(
                    1, 2, 4, 5, 6, 7, 8, 10, 12, 13, 14, 16, 18, 19, 21, 22, 23, 24, 25, 27, 28, 30,
                    31, 33, 34, 35, 36, 37, 39, 40, 41, 42, 45, 48, 50, 51, 52, 53, 54, 55, 56, 58,
                    60, 61, 63, 64, 65, 66, 67, 68, 70, 71, 73, 74, 75, 77, 82, 84, 85, 86, 87, 88,
                    89, 90, 92, 93, 95, 96);

    private static final List<Class<?>> CLASSES =
            List.of(
                    JwtSignatureIT.class,
                    JwtHeaderIT.class,
                    JwtFormIT.class,
                    JwtDepthIT.class,
                    JwtClaimIT.class,
                    JwtIdentityIT.class,
                    JwtKeySetIT.class,
                    JwtReuseIT.class,
                    JwtFloodIT.class);

    private static final Pattern NUMBERS = Pattern.compile("(?:\\d+ )+");

    @Test
    void everyRowIsCovered() {
        Set<Integer> covered = new TreeSet<>();
        Stream.concat(tables(), CLASSES.stream().flatMap(JwtRowsTest::names))
                .flatMap(JwtRowsTest::numbers)
                .forEach(covered::add);

        assertThat(covered).containsExactlyElementsOf(ROWS);
    }

    @Test
    void callersAndBoundTokensAreToldOfByTheirOwnTests() throws ClassNotFoundException {
        Set<Integer> covered = new TreeSet<>();
        for (String tests : List.of("CallerIT", "BoundTokenIT")) {
            names(Class.forName("io.stagedoor.proxy." + tests))
                    .flatMap(JwtRowsTest::numbers)
                    .forEach(covered::add);
        }

        assertThat(covered).containsExactly(70, 71, 93);
    }

    private static Stream<String> tables() {
        return Stream.of(
                        SignatureCasesTest.cases(),
                        HeaderCasesTest.cases(),
                        FormCasesTest.cases(),
                        ClaimCasesTest.cases(),
                        IdentityCasesTest.cases())
                .flatMap(rows -> rows)
                .map(TokenCase::row);
    }

    private static Stream<String> names(Class<?> tests) {
        return Arrays.stream(tests.getDeclaredMethods()).flatMap(JwtRowsTest::names);
    }

    private static Stream<String> names(Method test) {
        return Stream.concat(
                Stream.ofNullable(test.getAnnotation(DisplayName.class)).map(DisplayName::value),
                Stream.ofNullable(test.getAnnotation(ParameterizedTest.class))
                        .map(ParameterizedTest::name));
    }

    private static Stream<Integer> numbers(String name) {
        Matcher numbers = NUMBERS.matcher(name);
        return numbers.lookingAt()
                ? Arrays.stream(numbers.group().split(" ")).map(Integer::valueOf)
                : Stream.of();
    }
}
