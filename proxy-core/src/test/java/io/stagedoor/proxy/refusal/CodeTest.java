package io.stagedoor.proxy.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CodeTest {

    private static final String STABLE =
            """
            token_missing token_malformed token_expired token_not_yet_valid
            token_wrong_audience token_wrong_issuer token_wrong_tenant token_bad_signature
            token_unknown_key token_unacceptable token_inactive token_binding token_proof
            introspection_unavailable actor_unknown caller_not_allowed client_not_allowed
            scope_missing step_up_required keys_unavailable no_route unknown_operation
            ambiguous_target bad_request not_permitted guardrail principal_inactive unmapped_operation
            groups_unknown stale_snapshot credential_unavailable journal_unavailable
            overloaded target_too_long fields_too_large rate_limited upstream_saturated
            upstream_unreachable upstream_failed outcome_unknown foreign_location id_taken
            run_unresolved not_owner internal refresh_held refresh_unavailable credential_unfit
            upstream_user_unknown sign_in_refused session_unknown
            """;

    @ParameterizedTest
    @EnumSource(Code.class)
    void theTextIsTheNameInLowerCase(Code code) {
        assertThat(code.text()).isEqualTo(code.name().toLowerCase(Locale.ROOT));
        assertThat(code).hasToString(code.text());
    }

    @Test
    void theStableCodesAreThese() {
        assertThat(Arrays.stream(Code.values()).map(Code::text))
                .containsExactlyInAnyOrder(STABLE.strip().split("\\s+"));
    }

    @Test
    void exactlyTheTokenCodesAreAnsweredAlike() {
        assertThat(Arrays.stream(Code.values()).filter(Code::isTokenFault)).hasSize(13);
        assertThat(Code.KEYS_UNAVAILABLE.isTokenFault()).isFalse();
        assertThat(Code.TOKEN_EXPIRED.isTokenFault()).isTrue();
    }

    @Test
    void theExceptionCarriesTheRefusalAndNoStack() {
        Refusal refusal = Refusal.of(Code.NO_ROUTE, "no route for `host`", "check the host name");

        RefusedException thrown = new RefusedException(refusal);

        assertThat(thrown.refusal()).isSameAs(refusal);
        assertThat(thrown.code()).isEqualTo(Code.NO_ROUTE);
        assertThat(thrown).hasMessage("no_route: no route for `host`");
        assertThat(thrown.getStackTrace()).isEmpty();
        assertThat(refusal.help()).contains("check the host name");
        assertThat(RefusedException.of(Code.INTERNAL, "x").refusal().help()).isEmpty();
        assertThat(RefusedException.of(Code.INTERNAL, "x", "y").refusal().help()).contains("y");
    }
}
