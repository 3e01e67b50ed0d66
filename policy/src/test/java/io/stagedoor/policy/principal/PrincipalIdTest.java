package io.stagedoor.policy.principal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrincipalIdTest {

    private static final String TENANT = "0b1f7e3c-0000-4000-8000-0000000000aa";
    private static final String OBJECT = "829ae9c5-0000-4000-8000-00000000000B";

    @Test
    void ignoresCaseOfGuids() {
        assertThat(PrincipalId.of(TENANT, OBJECT))
                .isEqualTo(PrincipalId.of(TENANT.toUpperCase(java.util.Locale.ROOT), OBJECT));
    }

    @Test
    void keepsCaseOfOtherIdentifiers() {
        assertThat(PrincipalId.of("okta", "00uAbC")).isNotEqualTo(PrincipalId.of("okta", "00uabc"));
    }

    @Test
    void neverMatchesAcrossTenants() {
        assertThat(PrincipalId.of(TENANT, OBJECT)).isNotEqualTo(PrincipalId.of("other", OBJECT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{829ae9c5-0000-4000-8000-00000000000b}",
                "urn:uuid:829ae9c5-0000-4000-8000-00000000000b",
                "",
                " ",
                "a b",
                "a/b"
            })
    void refusesBracesUrnFormsAndOddCharacters(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> PrincipalId.of(TENANT, text));
    }

    @Test
    void namesOfGroupsMayBeAnyTextAndAreNeverTakenForOneAnother() {
        PrincipalId spaced = PrincipalId.ofName("okta", "Data Engineers");
        Set<PrincipalId> all =
                Stream.of(
                                "Data Engineers",
                                "data engineers",
                                "Data Engineers ",
                                "/a/b",
                                "a/b",
                                "Admins",
                                "x".repeat(300),
                                spaced.objectId())
                        .map(name -> PrincipalId.ofName("okta", name))
                        .collect(Collectors.toSet());

        assertThat(all).hasSize(8);
        assertThat(PrincipalId.ofName("okta", "Admins"))
                .isEqualTo(PrincipalId.of("okta", "Admins"));
        assertThat(spaced).isEqualTo(PrincipalId.ofName("okta", "Data Engineers"));
        assertThat(spaced).isNotEqualTo(PrincipalId.ofName("other", "Data Engineers"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t"})
    void blankTextNamesNoGroup(String name) {
        assertThatThrownBy(() -> PrincipalId.ofName("okta", name))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
