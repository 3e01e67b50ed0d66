package io.stagedoor.proxy.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.stagedoor.proxy.http.Fields;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkRewriterTest {

    private static final List<URI> UPSTREAMS =
            List.of(
                    URI.create("https://WS1.dev.azuresynapse.net"),
                    URI.create("https://10.0.0.4:8443"),
                    URI.create("https://[::1]:9443"));
    private static final LinkRewriter BY_HOST =
            LinkRewriter.of(UPSTREAMS, "https://ws1.proxy.example:8443", ForeignLinks.IGNORED);
    private static final LinkRewriter BY_PREFIX =
            LinkRewriter.of(UPSTREAMS, "https://proxy.example/synapse/ws1", ForeignLinks.IGNORED);

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "https://ws1.dev.azuresynapse.net/operationResults/1?api-version=2020-12-01 /operationResults/1?api-version=2020-12-01",
                "https://ws1.dev.azuresynapse.net/a%2fb?$skiptoken=%5B%2C+x== /a%2fb?$skiptoken=%5B%2C+x==",
                "HTTPS://WS1.DEV.AZURESYNAPSE.NET/A /A",
                "https://ws1.dev.azuresynapse.net:443/a /a",
                "https://ws1.dev.azuresynapse.net ''",
                "https://ws1.dev.azuresynapse.net?a=b ?a=b",
                "https://ws1.dev.azuresynapse.net/a#b /a#b",
                "https://10.0.0.4:8443/a /a",
                "https://[::1]:9443/a /a",
                "//ws1.dev.azuresynapse.net/a /a",
                "https://ws1.dev.azuresynapse.net//evil.example/a //evil.example/a",
                "https://ws1.dev.azuresynapse.net/@evil.example:443/a /@evil.example:443/a",
                "https://ws1.dev.azuresynapse.net/a?u=https://evil.example/ /a?u=https://evil.example/",
            })
    void leadsLinksToTheUpstreamBackToTheProxy(String link, String rest) throws RefusedException {
        assertThat(BY_HOST.rewrite("nextLink", link))
                .isEqualTo("https://ws1.proxy.example:8443" + rest);
        assertThat(BY_PREFIX.rewrite("nextLink", link))
                .isEqualTo("https://proxy.example/synapse/ws1" + rest);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "'' ''",
                "/a /synapse/ws1/a",
                "/a?b=https://evil.example /synapse/ws1/a?b=https://evil.example",
                "a/b a/b",
                "?page=2 ?page=2",
                "#f #f",
                "a?b:c a?b:c",
                "./a:b ./a:b",
                "https%3A//evil.example:x/ https%3A//evil.example:x/",
            })
    void keepsRelativeLinksUnderTheBase(String link, String byPrefix) throws RefusedException {
        assertThat(BY_HOST.rewrite("nextLink", link)).isEqualTo(link);
        assertThat(BY_PREFIX.rewrite("nextLink", link)).isEqualTo(byPrefix);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/a",
                "https://ws1.dev.azuresynapse.net.evil.example/a",
                "https://xws1.dev.azuresynapse.net/a",
                "https://ws1.dev.azuresynapse.net.:443/a",
                "https://ws1.dev.azuresynapse.net./a",
                "https://ws1.dev.azuresynapse.net:8443/a",
                "https://ws1.dev.azuresynapse.net:/a",
                "https://ws1.dev.azuresynapse.net:0443/a",
                "https://ws1.dev.azuresynapse.net:443:443/a",
                "https://ws1.dev.azuresynapse.net@evil.example/a",
                "https://user@ws1.dev.azuresynapse.net/a",
                "https://user:pw@ws1.dev.azuresynapse.net/a",
                "https://evil.example\\@ws1.dev.azuresynapse.net/a",
                "https:\\\\evil.example/a",
                "https:/ws1.dev.azuresynapse.net/a",
                "https:ws1.dev.azuresynapse.net/a",
                "https:///ws1.dev.azuresynapse.net/a",
                "https://",
                "https:///a",
                "//evil.example/a",
                "///evil.example/a",
                "//",
                "/\\evil.example/a",
                "\\\\evil.example\\a",
                "/\t/evil.example",
                "\thttps://ws1.dev.azuresynapse.net/a",
                " https://ws1.dev.azuresynapse.net/a",
                "https://ws1.dev.azuresynapse.net/a ",
                "https://ws1.dev.azure\nsynapse.net/a",
                "ht\ntps://evil.example/",
                "/a\r\nX: y",
                "/a\u0000",
                "/a\u0085",
                "\u2028https://evil.example",
                "http://ws1.dev.azuresynapse.net/a",
                "ftp://ws1.dev.azuresynapse.net/a",
                "wss://ws1.dev.azuresynapse.net/a",
                "javascript:alert(1)",
                "data:text/html,x",
                "file:///etc/passwd",
                "https://ws1\u3002dev.azuresynapse.net/a",
                "https://w\u017f1.dev.azuresynapse.net/a",
                "https://[::1]/a",
                "https://10.0.0.4/a",
                "https://0x0a.0.0.4:8443/a",
            })
    void failsClosedOnEveryOtherLink(String link) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> BY_HOST.rewrite("nextLink", link))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(Code.FOREIGN_LOCATION))
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("example"));
    }

    @Test
    void rewritesTheLinkFieldsAndNoOther() throws RefusedException {
        String link = "https://ws1.dev.azuresynapse.net/a";
        Fields fields =
                Fields.of(
                        "location", link,
                        "Content-Location", "/c",
                        "Operation-Location", link,
                        "Azure-AsyncOperation", link,
                        "Link", "<" + link + ">; rel=\"next\"",
                        "X-Other", link);

        String base = "https://proxy.example/synapse/ws1";
        assertThat(BY_PREFIX.rewrite(fields))
                .isEqualTo(
                        Fields.of(
                                "location", base + "/a",
                                "Content-Location", "/synapse/ws1/c",
                                "Operation-Location", base + "/a",
                                "Azure-AsyncOperation", base + "/a",
                                "Link", "<" + base + "/a>; rel=\"next\"",
                                "X-Other", link));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Location",
                "CONTENT-LOCATION",
                "operation-location",
                "Azure-AsyncOperation"
            })
    void failsClosedOnAForeignHostInAnyLinkField(String name) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> BY_HOST.rewrite(Fields.of(name, "https://evil.example/")));
    }

    @Test
    void failsClosedOnTwoLocations() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> BY_HOST.rewrite(Fields.of("Location", "/a", "location", "/b")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "</a>; rel=next|</p/a>; rel=next",
                "</a>|</p/a>",
                "|",
                "</a>; rel=\"next\", <https://up/b?c>; rel=last|</p/a>; rel=\"next\", <https://h/p/b?c>; rel=last",
                "</a>; title=\"x, \\\" y\", </b>|</p/a>; title=\"x, \\\" y\", </p/b>",
                ", </a>,|, </p/a>,",
                "<>; rel=self|<>; rel=self",
            })
    void rewritesEveryTargetOfALinkField(String value, String rewritten) throws RefusedException {
        LinkRewriter links =
                LinkRewriter.of(
                        List.of(URI.create("https://up")), "https://h/p", ForeignLinks.IGNORED);

        String sent = value == null ? "" : value;
        assertThat(links.rewrite(Fields.of("Link", sent)).first("link"))
                .contains(rewritten == null ? "" : rewritten);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<https://evil.example/>; rel=next",
                "</a>, <https://evil.example/>",
                "</a>; title=\"x\\\"\", <//evil.example/>",
                "</a>; title=\"x, <https://evil.example/>; rel=next\"",
                "</a>; title=\"x, <https://evil.example/>",
                "https://evil.example/",
                "</a",
                "</a>; rel=next, evil",
                "< https://ws1.dev.azuresynapse.net/>",
            })
    void failsClosedOnALinkFieldItCannotRead(String value) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> BY_HOST.rewrite(Fields.of("Link", value)));
    }
}
