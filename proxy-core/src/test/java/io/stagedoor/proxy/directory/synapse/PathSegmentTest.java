package io.stagedoor.proxy.directory.synapse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathSegmentTest {

    @ParameterizedTest
    @CsvSource({
        "daily, daily",
        "a b, a%20b",
        "a?b#c, a%3Fb%23c",
        "100%, 100%25",
        "straße, stra%C3%9Fe",
        "..., ...",
        "a;b=c, a%3Bb%3Dc",
        "x_y-z.1~, x_y-z.1~"
    })
    void encodesAllButUnreservedOctets(String name, String segment) throws Exception {
        assertThat(PathSegment.encode(name)).isEqualTo(segment);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "../x", "a\\b", "a\nb", "a\u0000"})
    void refusesWhatIsNotOneSegment(String name) {
        assertThatThrownBy(() -> PathSegment.encode(name))
                .isInstanceOf(WorkspaceReadException.class);
    }
}
