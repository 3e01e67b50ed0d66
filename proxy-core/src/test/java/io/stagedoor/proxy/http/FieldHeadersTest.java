package io.stagedoor.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldHeadersTest {

    @Test
    void keepsFieldsInOrderAndFindsThemWithoutCase() {
        HttpHeaders headers = new FieldHeaders();

        headers.add("A", "1").add(AsciiString.of("b"), "2").add("a", 3);

        assertThat(headers.entries())
                .extracting(each -> each.getKey() + "=" + each.getValue())
                .containsExactly("A=1", "b=2", "a=3");
        assertThat(headers.getAll("a")).containsExactly("1", "3");
        assertThat(headers.get("B")).isEqualTo("2");
        assertThat(headers.getInt("b")).isEqualTo(2);
        assertThat(headers.contains("c")).isFalse();
        assertThat(headers.names()).containsExactly("A", "b", "a");
    }

    @Test
    void setReplacesAllOfAName() {
        HttpHeaders headers = new FieldHeaders().add("a", "1").add("A", "2").add("b", "3");

        headers.set("a", List.of("4", "5"));

        assertThat(headers.getAll("a")).containsExactly("4", "5");
        assertThat(headers.size()).isEqualTo(3);
    }

    @Test
    void changesReachNobodyElse() {
        Fields checked = Fields.of("Host", "ws1", "Connection", "keep-alive");
        FieldHeaders headers = new FieldHeaders(checked);
        Fields before = headers.toFields();

        headers.set("Connection", "close").remove("Host").add("X", "y");

        assertThat(checked).isEqualTo(Fields.of("Host", "ws1", "Connection", "keep-alive"));
        assertThat(before).isEqualTo(checked);
        assertThat(headers.toFields()).isEqualTo(Fields.of("Connection", "close", "X", "y"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\rb", "a\nb", "a\0b"})
    void refusesWhatCouldEndALine(String text) {
        HttpHeaders headers = new FieldHeaders();
        Fields broken = Fields.of("x", text);

        assertThatIllegalArgumentException().isThrownBy(() -> headers.add("x", text));
        assertThatIllegalArgumentException().isThrownBy(() -> headers.add(text, "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> new FieldHeaders(broken));
        assertThat(headers.isEmpty()).isTrue();
    }
}
