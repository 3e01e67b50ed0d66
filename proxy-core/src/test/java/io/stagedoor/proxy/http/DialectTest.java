package io.stagedoor.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.policy.operation.Platform;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialectTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "- | - | TABLEAU_XML",
                "- | text/xml | TABLEAU_XML",
                "- | application/json | TABLEAU_JSON",
                "'' | application/json | TABLEAU_JSON",
                "*/* | - | TABLEAU_XML",
                "*/* | application/json; charset=utf-8 | TABLEAU_JSON",
                "*/* | multipart/mixed; boundary=x | TABLEAU_XML",
                "application/json | text/xml | TABLEAU_JSON",
                "APPLICATION/JSON | - | TABLEAU_JSON",
                "application/xml | application/json | TABLEAU_XML",
                "text/xml | application/json | TABLEAU_XML",
                "application/json, text/plain, */* | - | TABLEAU_JSON",
                "application/json;q=0.5, application/xml | - | TABLEAU_XML",
                "application/json;q=0.9, */*;q=0.1 | - | TABLEAU_JSON",
                "application/json;q=0, */* | application/json | TABLEAU_XML",
                "application/*;q=0.5, application/json;q=0.4 | - | TABLEAU_XML",
                "application/json;q=9 | - | TABLEAU_XML",
                "image/png | application/json | TABLEAU_JSON",
                ";;;,,, q= | - | TABLEAU_XML",
            })
    void tableauSpeaksXmlUnlessJsonIsAskedFor(String accept, String contentType, Dialect dialect) {
        assertThat(
                        Dialect.of(
                                Platform.TABLEAU,
                                Optional.ofNullable(accept),
                                Optional.ofNullable(contentType)))
                .isEqualTo(dialect);
    }

    @Test
    void azureSpeaksJsonWhateverIsAskedFor() {
        assertThat(Dialect.of(Platform.SYNAPSE, Optional.of("text/xml"), Optional.empty()))
                .isEqualTo(Dialect.AZURE);
        assertThat(Dialect.of(Platform.DATA_FACTORY, Optional.of("text/xml"), Optional.empty()))
                .isEqualTo(Dialect.AZURE);
    }
}
