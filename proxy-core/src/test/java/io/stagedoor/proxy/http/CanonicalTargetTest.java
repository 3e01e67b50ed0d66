package io.stagedoor.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalTargetTest {

    @Test
    void forwardsTheOctetsThatWereChecked() throws RefusedException {
        String sent = "/pipelines/caf%C3%A9%20daily/createRun?api-version=2020-12-01&x=%e9%81%93";

        CanonicalTarget target = CanonicalTarget.parse(sent);

        assertThat(target.raw()).isSameAs(sent);
        assertThat(target.rawPath()).isEqualTo("/pipelines/caf%C3%A9%20daily/createRun");
        assertThat(target.rawQuery()).contains("api-version=2020-12-01&x=%e9%81%93");
        assertThat(target).hasToString(sent);
    }

    @Test
    void decidesOnSegmentsDecodedOnce() throws RefusedException {
        CanonicalTarget target = CanonicalTarget.parse("/pipelines/caf%C3%A9%20daily/create%52un");

        assertThat(target.segments()).containsExactly("pipelines", "café daily", "createRun");
    }

    @ParameterizedTest
    @CsvSource({
        "/,''",
        "/?,''",
        "/?a=b,''",
        "/a,a",
        "/a?,a",
        "/a/b?x,a|b",
        "/A/b!$&'()*+,A|b!$&'()*+",
        "/a=b:c@d~e,a=b:c@d~e",
        "/sparkPools/p1/%E2%82%AC,sparkPools|p1|€",
        "/%F0%9F%98%80,😀",
        "/a%20b,a b",
        "/x.whl,x.whl",
        "/.hidden/..x,.hidden|..x",
        "/%7Bname%7D,{name}",
        "/a%2Bb,a+b",
        "/a%26b%3Dc,a&b=c",
    })
    void readsSegments(String target, String segments) throws RefusedException {
        List<String> expected = segments.isEmpty() ? List.of() : List.of(segments.split("\\|", -1));

        assertThat(CanonicalTarget.parse(target).segments()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|NOT_ORIGIN_FORM",
                "*|NOT_ORIGIN_FORM",
                "a/b|NOT_ORIGIN_FORM",
                "?a|NOT_ORIGIN_FORM",
                "http://h/a|NOT_ORIGIN_FORM",
                "h:443|NOT_ORIGIN_FORM",
                "//a|EMPTY_SEGMENT",
                "/a/|EMPTY_SEGMENT",
                "/a//b|EMPTY_SEGMENT",
                "/a/?x|EMPTY_SEGMENT",
                "/.|DOT_SEGMENT",
                "/..|DOT_SEGMENT",
                "/a/%2E|DOT_SEGMENT",
                "/a/.%2e/b|DOT_SEGMENT",
                "/%EF%BC%8E%EF%BC%8E|DOT_SEGMENT",
                "/%E2%80%A5/a|DOT_SEGMENT",
                "/a...|TRAILING_DOT",
                "/a%2e|TRAILING_DOT",
                "/a%2Fb|ENCODED_SEPARATOR",
                "/a%5cb|ENCODED_SEPARATOR",
                "/a%EF%BC%8Fb|ENCODED_SEPARATOR",
                "/a%EF%BC%BCb|ENCODED_SEPARATOR",
                "/a%EF%BC%852Fb|ENCODED_SEPARATOR",
                "/a%E2%84%80|ENCODED_SEPARATOR",
                "/a%3fb|ENCODED_DELIMITER",
                "/a%23b|ENCODED_DELIMITER",
                "/a\\b|BACKSLASH",
                "/a;b|PARAMETER_SEPARATOR",
                "/a%3Bb|PARAMETER_SEPARATOR",
                "/a?x=1;y=2|PARAMETER_SEPARATOR",
                "/a%25b|DOUBLE_ENCODED",
                "/a%252e|DOUBLE_ENCODED",
                "/a%|BAD_ESCAPE",
                "/a%2|BAD_ESCAPE",
                "/a%2/b|BAD_ESCAPE",
                "/a%zz|BAD_ESCAPE",
                "/a%u0041|BAD_ESCAPE",
                "/a?b=%|BAD_ESCAPE",
                "/a?b=%4|BAD_ESCAPE",
                "/a?%g1=1|BAD_ESCAPE",
                "/a%C0%AF|NOT_UTF8",
                "/a%E0%80%AF|NOT_UTF8",
                "/a%ED%A0%80|NOT_UTF8",
                "/a%E9|NOT_UTF8",
                "/a%F5%80%80%80|NOT_UTF8",
                "/a%C3/%A9|NOT_UTF8",
                "/a?b=%E9|NOT_UTF8",
                "/a%00|CONTROL_CHARACTER",
                "/a%0Ab|CONTROL_CHARACTER",
                "/a%7f|CONTROL_CHARACTER",
                "/a%C2%85|CONTROL_CHARACTER",
                "/a%E2%80%A8b|CONTROL_CHARACTER",
                "/a?b=%00|CONTROL_CHARACTER",
                "/a?b%0d=1|CONTROL_CHARACTER",
                "/é|NON_ASCII",
                "/a?b=é|NON_ASCII",
                "/a b|WHITE_SPACE",
                "/a?b c|WHITE_SPACE",
                "/a%20|PADDED_SEGMENT",
                "/%20a|PADDED_SEGMENT",
                "/a%C2%A0|PADDED_SEGMENT",
                "/a#b|FRAGMENT",
                "/a?b#c|FRAGMENT",
                "/a<b|ILLEGAL_CHARACTER",
                "/a[b|ILLEGAL_CHARACTER",
                "/a?b<c|ILLEGAL_CHARACTER",
                "/a?b=1&b=2|REPEATED_PARAMETER",
                "/a?b=1&b=1|REPEATED_PARAMETER",
                "/a?b&B|REPEATED_PARAMETER",
                "/a?$x=1&%24X=2|REPEATED_PARAMETER",
                "/a?%63omp=appendblock|DISGUISED_PARAMETER",
                "/a?api%2Dversion=1|DISGUISED_PARAMETER",
                "/a?a%26b=1|DISGUISED_PARAMETER",
                "/a?a%3Db=1|DISGUISED_PARAMETER",
                "/a?%C5%BFcope=1|DISGUISED_PARAMETER",
                "/a?a%2563=1|DISGUISED_PARAMETER",
            })
    void refusesWhatTwoReadersMayReadDifferently(String target, TargetRule rule) {
        assertThat(ruleBrokenBy(target)).isEqualTo(rule.sentence());
    }

    @ParameterizedTest
    @ValueSource(chars = {'\0', '\t', '\n', '\r', 0x1b, 0x7f})
    void refusesRawControlCharactersAnywhere(char control) {
        assertThat(ruleBrokenBy("/a" + control)).isEqualTo(TargetRule.CONTROL_CHARACTER.sentence());
        assertThat(ruleBrokenBy("/a?b=" + control))
                .isEqualTo(TargetRule.CONTROL_CHARACTER.sentence());
    }

    @Test
    void refusesOneCharacterBeyondEachLimit() throws RefusedException {
        String longest = "/" + "a".repeat(CanonicalTarget.MAX_LENGTH - 1);
        String deepest = "/a".repeat(CanonicalTarget.MAX_SEGMENTS);
        StringBuilder widest = new StringBuilder("/a?p0");
        for (int i = 1; i < CanonicalTarget.MAX_PARAMETERS; i++) {
            widest.append("&p").append(i);
        }

        CanonicalTarget.parse(longest);
        CanonicalTarget.parse(deepest);
        CanonicalTarget.parse(widest.toString());

        assertThat(ruleBrokenBy(longest + "a")).isEqualTo(TargetRule.TOO_LONG.sentence());
        assertThat(ruleBrokenBy(deepest + "/a")).isEqualTo(TargetRule.TOO_MANY_SEGMENTS.sentence());
        assertThat(ruleBrokenBy(widest + "&z"))
                .isEqualTo(TargetRule.TOO_MANY_PARAMETERS.sentence());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "/a?comp=appendblock|comp|appendblock",
                "/a?Comp=appendblock|comp|appendblock",
                "/a?x=1&comp=append%62lock|comp|appendblock",
                "/a?comp|comp|''",
                "/a?comp=|comp|''",
                "/a?=x|comp|-",
                "/a|comp|-",
                "/a?|comp|-",
                "/a?xcomp=1&compx=2|comp|-",
                "/a?a=b=c|a|b=c",
                "/a?&&a=b&|a|b",
                "/a?a=b+c|a|b+c",
                "/a?a=100%25|a|100%",
                "/a?%24filter=a%20eq%20%27b%27|$filter|a eq 'b'",
            })
    void findsAParameterWithoutCase(String target, String name, String value)
            throws RefusedException {
        CanonicalTarget parsed = CanonicalTarget.parse(target);

        assertThat(parsed.query(name)).isEqualTo(java.util.Optional.ofNullable(value));
    }

    @Test
    void takesTheRawMarksThatRealClientsSendInQueries() throws RefusedException {
        String sent = "/a?$skiptoken=[{|}]^`\\&t=+RID:~x==";

        assertThat(CanonicalTarget.parse(sent).rawQuery()).contains(sent.substring(3));
    }

    @ParameterizedTest
    @CsvSource({
        "/synapse/ws1/pipelines/a?x=1, 2, /pipelines/a?x=1",
        "/synapse/ws1?x=1/2, 2, /?x=1/2",
        "/synapse/ws1, 2, /",
        "/syn%61pse/ws1/a%20b, 2, /a%20b",
        "/a/b, 0, /a/b",
        "/, 0, /",
    })
    void stripsAPrefixAndKeepsTheOtherOctets(String sent, int count, String expected)
            throws RefusedException {
        CanonicalTarget stripped = CanonicalTarget.parse(sent).withPrefixStripped(count);

        assertThat(stripped.raw()).isEqualTo(expected);
        assertThat(stripped.segments()).isEqualTo(CanonicalTarget.parse(expected).segments());
        assertThat(stripped.rawPath()).isEqualTo(CanonicalTarget.parse(expected).rawPath());
        assertThat(stripped.rawQuery()).isEqualTo(CanonicalTarget.parse(expected).rawQuery());
        assertThat(stripped.query("x")).isEqualTo(CanonicalTarget.parse(sent).query("x"));
    }

    @Test
    void cannotStripMoreThanThereIs() throws RefusedException {
        CanonicalTarget target = CanonicalTarget.parse("/a");

        assertThatIllegalArgumentException().isThrownBy(() -> target.withPrefixStripped(2));
        assertThatIllegalArgumentException().isThrownBy(() -> target.withPrefixStripped(-1));
    }

    @ParameterizedTest
    @EnumSource(TargetRule.class)
    void givesEachRuleACodeAndASentenceOfItsOwn(TargetRule rule) {
        assertThat(rule.code()).isEqualTo(rule.name().toLowerCase(Locale.ROOT));
        assertThat(rule.sentence()).isNotBlank().doesNotEndWith(".");
        for (TargetRule other : TargetRule.values()) {
            assertThat(other == rule || !other.sentence().equals(rule.sentence())).isTrue();
        }
    }

    private static String ruleBrokenBy(String target) {
        RefusedException refused =
                catchThrowableOfType(RefusedException.class, () -> CanonicalTarget.parse(target));
        assertThat(refused).as("refusal of %s", target).isNotNull();
        assertThat(refused.code()).isEqualTo(Code.AMBIGUOUS_TARGET);
        return refused.refusal().sentence();
    }
}
