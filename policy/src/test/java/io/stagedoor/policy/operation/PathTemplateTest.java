package io.stagedoor.policy.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagedoor.policy.operation.PathTemplate.QueryCondition;
import io.stagedoor.policy.operation.PathTemplate.Segment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathTemplateTest {

    @Test
    void readsLiteralsPlaceholdersAndATail() {
        PathTemplate template = PathTemplate.parse("/api/v1/{pool}/{rest*}");

        assertThat(template.segments())
                .containsExactly(
                        new Segment.Literal("api"),
                        new Segment.Literal("v1"),
                        new Segment.Placeholder("pool"),
                        new Segment.Tail("rest"));
        assertThat(template.parameters()).containsExactly("pool", "rest");
        assertThat(template.condition()).isEmpty();
        assertThat(template).hasToString("/api/v1/{pool}/{rest*}");
    }

    @Test
    void readsTheQueryParameterThatDecides() {
        PathTemplate template = PathTemplate.parse("/libraries/{name}?comp=appendblock");

        assertThat(template.condition()).contains(new QueryCondition("comp", "appendblock"));
        assertThat(template.parameters()).containsExactly("name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pipelines",
                "/",
                "//a",
                "/a/",
                "/a//b",
                "/a b",
                "/{a",
                "/{a}}",
                "/{}",
                "/a{b}",
                "/{a}/{a}",
                "/{a*}/b",
                "/a?",
                "/a?b",
                "/a?b=",
                "/a?b=c&d=e",
                "/a?b=c?",
                "/..",
                "/--",
                "/:a",
                "/{a:}",
                "/{a:b}",
                "/{a*:version}",
                "/{_a}",
                "/%61",
            })
    void refusesWhatIsNoTemplate(String text) {
        assertThatThrownBy(() -> PathTemplate.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`" + text + "`");
    }

    @Test
    void rendersNamesAsGiven() {
        PathTemplate template = PathTemplate.parse("/p/{a}/q/{b*}");

        assertThat(template.render(Map.of("a", "x y", "b", "1/2"))).isEqualTo("/p/x y/q/1/2");
        assertThatThrownBy(() -> template.render(Map.of("a", "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no value for `{b}`");
    }

    @Test
    void readsAnyNumberOfParameters() {
        List<String> path = List.of("a", "b", "c", "d", "e");

        assertThat(PathTemplate.parse("/a/b/c/d/e").parametersOf(path)).isEmpty();
        assertThat(PathTemplate.parse("/a/{x}/c/d/e").parametersOf(path))
                .isEqualTo(Map.of("x", "b"));
        assertThat(PathTemplate.parse("/a/{x}/{y*}").parametersOf(path))
                .isEqualTo(Map.of("x", "b", "y", "c/d/e"));
        assertThat(PathTemplate.parse("/{x}/{y}/{z}/d/e").parametersOf(path))
                .isEqualTo(Map.of("x", "a", "y", "b", "z", "c"));
        assertThat(PathTemplate.parse("/{w}/{x}/{y}/{z*}").parametersOf(path))
                .isEqualTo(Map.of("w", "a", "x", "b", "y", "c", "z", "d/e"));
        assertThat(PathTemplate.parse("/{v}/{w}/{x}/{y}/{z}").parametersOf(path))
                .isEqualTo(Map.of("v", "a", "w", "b", "x", "c", "y", "d", "z", "e"));
    }

    @Test
    void readsColonsDashesAndForms() {
        PathTemplate template =
                PathTemplate.parse("/api/{v:version}/-/tags:batchCreate/{tag_name}");

        assertThat(template.segments())
                .containsExactly(
                        new Segment.Literal("api"),
                        new Segment.Placeholder("v", SegmentForm.VERSION),
                        new Segment.Literal("-"),
                        new Segment.Literal("tags:batchCreate"),
                        new Segment.Placeholder("tag_name"));
        assertThat(template.shape()).isEqualTo("/api/{version}/-/tags:batchcreate/{}");
        assertThat(template.parameters()).containsExactly("v", "tag_name");
    }

    @Test
    void isEqualByItsText() {
        PathTemplate template = PathTemplate.parse("/a/{x}");

        assertThat(template)
                .isEqualTo(PathTemplate.parse("/a/{x}"))
                .hasSameHashCodeAs(PathTemplate.parse("/a/{x}"))
                .isNotEqualTo(PathTemplate.parse("/a/{y}"))
                .isNotEqualTo("/a/{x}");
    }
}
