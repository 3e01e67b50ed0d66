package io.stagedoor.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagedoor.policy.decision.Deny;
import io.stagedoor.policy.decision.MinimalGrant;
import io.stagedoor.policy.operation.BoundRequirement;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.role.Action;
import io.stagedoor.policy.role.BuiltInRoles;
import io.stagedoor.policy.scope.ItemType;
import io.stagedoor.policy.scope.Scope;
import io.stagedoor.proxy.http.RefusalResponse.Context;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalResponseTest {

    private static final Context CONTEXT = Context.of("d-1", Optional.of("c-1"));
    private static final PrincipalId ALICE =
            PrincipalId.of(
                    "0b1f7e3c-0000-4000-8000-0000000000aa", "829ae9c5-0000-4000-8000-00000000000b");

    /** What az, azure-core (Java, JavaScript) and msrest (Python) send again, even for POST. */
    private static final Set<Integer> RETRIED = Set.of(408, 429, 500, 502, 503, 504);

    @ParameterizedTest
    @CsvSource({
        "NO_ROUTE, 404",
        "UNKNOWN_OPERATION, 403",
        "AMBIGUOUS_TARGET, 400",
        "BAD_REQUEST, 400",
        "NOT_PERMITTED, 403",
        "GUARDRAIL, 403",
        "UNMAPPED_OPERATION, 403",
        "GROUPS_UNKNOWN, 503",
        "STALE_SNAPSHOT, 503",
        "KEYS_UNAVAILABLE, 503",
        "JOURNAL_UNAVAILABLE, 503",
        "OVERLOADED, 503",
        "TARGET_TOO_LONG, 414",
        "FIELDS_TOO_LARGE, 431",
        "RATE_LIMITED, 429",
        "UPSTREAM_SATURATED, 503",
        "CREDENTIAL_UNAVAILABLE, 502",
        "UPSTREAM_UNREACHABLE, 502",
        "UPSTREAM_FAILED, 502",
        "FOREIGN_LOCATION, 502",
        "OUTCOME_UNKNOWN, 409",
        "ID_TAKEN, 409",
        "RUN_UNRESOLVED, 409",
        "NOT_OWNER, 403",
        "INTROSPECTION_UNAVAILABLE, 503",
        "ACTOR_UNKNOWN, 403",
        "CALLER_NOT_ALLOWED, 403",
        "CLIENT_NOT_ALLOWED, 403",
        "SCOPE_MISSING, 403",
        "INTERNAL, 500",
    })
    void givesEachCodeItsStatus(Code code, int status) {
        Answer answer = RefusalResponse.of(Refusal.of(code, "why"), CONTEXT);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.fields().has("retry-after")).isEqualTo(status == 503 || status == 429);
        assertThat(answer.fields().has("www-authenticate")).isFalse();
    }

    @Test
    void saysTheRealWaitInWholeSecondsWhenItIsKnown() {
        Refusal refusal = Refusal.of(Code.RATE_LIMITED, "why").after(Duration.ofMillis(2_001));

        Answer answer = RefusalResponse.of(refusal, CONTEXT);

        assertThat(answer.fields().first("retry-after")).contains("3");
    }

    @ParameterizedTest
    @EnumSource(Code.class)
    void neverAnswersWithARepeatedStatusOnceARunMayHaveStarted(Code code) {
        Answer answer = RefusalResponse.of(Refusal.of(code, "why"), CONTEXT.afterSending());

        assertThat(RETRIED).doesNotContain(answer.status());
    }

    @Test
    void answersAnUnknownOutcomeWithAStatusNoClientRepeats() {
        assertThat(RETRIED).doesNotContain(RefusalResponse.statusOf(Code.OUTCOME_UNKNOWN, false));
    }

    @Test
    void tellsNoTokenFaultFromAnother() {
        List<Answer> answers =
                Stream.of(Code.values())
                        .filter(Code::isTokenFault)
                        .map(code -> Refusal.of(code, "the secret reason " + code, "help " + code))
                        .map(refusal -> RefusalResponse.of(refusal, CONTEXT))
                        .toList();

        assertThat(answers).hasSizeGreaterThan(9).allMatch(answer -> answer.status() == 401);
        assertThat(answers.stream().map(Answer::body).collect(Collectors.toSet()))
                .containsExactly(
                        """
                        {"error":{"code":"AuthenticationFailed","message":"The request carries no \
                        bearer token that is valid for this service. Decision: d-1.","details":\
                        [{"code":"decision_id","message":"d-1"}]}}""");
    }

    @ParameterizedTest
    @EnumSource(Code.class)
    void challengesAlikeButForAMissingToken(Code code) {
        Optional<String> challenge =
                RefusalResponse.of(Refusal.of(code, "why"), CONTEXT)
                        .fields()
                        .first("www-authenticate");

        if (code == Code.TOKEN_MISSING) {
            assertThat(challenge).contains("Bearer realm=\"stagedoor\"");
        } else if (code.isTokenFault()) {
            assertThat(challenge).contains("Bearer realm=\"stagedoor\", error=\"invalid_token\"");
        } else {
            assertThat(challenge).isEmpty();
        }
    }

    @Test
    void explainsADenialInTheWordsOfTheService() {
        Deny deny = deniedRun();

        Answer answer =
                RefusalResponse.of(
                        Refusal.of(Code.NOT_PERMITTED, "no assignment gives this"),
                        CONTEXT.explainedBy(Denials.explanationOf(deny).orElseThrow()));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body())
                .isEqualTo(
                        """
                        {"error":{"code":"Unauthorized","message":"The principal \
                        '829ae9c5-0000-4000-8000-00000000000b' does not have the required Synapse \
                        RBAC permission to perform this action. Required permission: Action: \
                        Microsoft.Synapse/workspaces/credentials/useSecret/action, Scope: \
                        workspaces/ws1/credentials/WorkspaceSystemIdentity; Action: \
                        Microsoft.Synapse/workspaces/read, Scope: workspaces/ws1/*. Decision: \
                        d-1.","details":[{"code":"not_permitted","message":"no assignment gives \
                        this."},{"code":"minimal_grant","message":"assign role `Synapse Credential \
                        User` at scope `workspaces/ws1/credentials/WorkspaceSystemIdentity`"},\
                        {"code":"minimal_grant","message":"assign role `Synapse Credential User` at \
                        scope `workspaces/ws1/credentials/WorkspaceSystemIdentity` and assign role \
                        `Synapse User` at scope `workspaces/ws1`"},{"code":"decision_id","message":\
                        "d-1"}]}}""");
    }

    private static Deny deniedRun() {
        Scope workspace = Scope.workspace("ws1");
        Scope identity = workspace.item(ItemType.CREDENTIAL, "WorkspaceSystemIdentity");
        Action read = Action.of("Microsoft.Synapse/workspaces/read");
        Action secret = Action.of("Microsoft.Synapse/workspaces/credentials/useSecret/action");
        return new Deny.MissingPermission(
                ALICE,
                "Pipeline_CreatePipelineRun",
                List.of(
                        new BoundRequirement.At(secret, identity),
                        new BoundRequirement.Anywhere(read, workspace)),
                List.of(
                        new MinimalGrant(
                                List.of(
                                        new MinimalGrant.Part(
                                                role("Synapse Credential User"), identity))),
                        new MinimalGrant(
                                List.of(
                                        new MinimalGrant.Part(
                                                role("Synapse Credential User"), identity),
                                        new MinimalGrant.Part(role("Synapse User"), workspace)))));
    }

    private static io.stagedoor.policy.role.RoleDefinition role(String name) {
        return BuiltInRoles.byName(name).orElseThrow();
    }

    @Test
    void saysCodeSentenceAndHelpOfEveryOtherRefusal() {
        Answer answer =
                RefusalResponse.of(
                        Refusal.of(Code.UNKNOWN_OPERATION, "no documented call \"x\"", "see docs"),
                        CONTEXT);

        assertThat(answer.body())
                .isEqualTo(
                        """
                        {"error":{"code":"unknown_operation","message":"no documented call \
                        \\"x\\". Decision: d-1.","details":[{"code":"unknown_operation","message":\
                        "no documented call \\"x\\"."},{"code":"help","message":"see docs."},\
                        {"code":"decision_id","message":"d-1"}]}}""");
    }

    @ParameterizedTest
    @EnumSource(Code.class)
    void hasTheFormOfTheAzureErrorContract(Code code) throws IOException {
        Answer answer = RefusalResponse.of(Refusal.of(code, "why \u00e9 \n"), CONTEXT);

        JsonNode error = new ObjectMapper().readTree(answer.octets()).get("error");
        assertThat(error.get("code").asText()).isNotBlank();
        assertThat(error.get("message").asText()).contains("d-1");
        assertThat(error.get("details")).isNotEmpty();
        assertThat(answer.fields().first("content-type"))
                .contains("application/json; charset=utf-8");
        assertThat(answer.fields().first("content-length"))
                .contains(Integer.toString(answer.octets().length));
        assertThat(answer.fields().first("x-stagedoor-decision-id")).contains("d-1");
        assertThat(answer.fields().first("x-ms-client-request-id")).contains("c-1");
        assertThat(answer.fields().first("x-ms-error-code")).contains(error.get("code").asText());
        assertThat(answer.fields().first("cache-control")).contains("no-store");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\tb\"},{", "a\r\nb", "é"})
    void echoesNoClientRequestIdThatIsNotAPlainToken(String id) {
        Answer answer =
                RefusalResponse.of(
                        Refusal.of(Code.NO_ROUTE, "x"), Context.of("d-1", Optional.of(id)));

        assertThat(answer.fields().has("x-ms-client-request-id")).isFalse();
    }

    @Test
    void turnsEachKindOfDenialIntoItsRefusal() {
        List<Deny> denials =
                List.of(
                        new Deny.MissingPermission(ALICE, "Op", List.of(), List.of()),
                        new Deny.OutsideGuardrail("agents", "agents may only read."),
                        new Deny.UnmappedOperation("Op"),
                        new Deny.GroupsUnknown(ALICE, "Op", List.of()),
                        new Deny.StaleSnapshot(Duration.ofMinutes(9), Duration.ofMinutes(5)));

        for (Deny deny : denials) {
            Refusal refusal = Denials.refusalOf(deny);
            assertThat(refusal.code().text()).isEqualTo(deny.code());
            assertThat(refusal.sentence()).isEqualTo(deny.explanation());
            assertThat(Denials.explanationOf(deny).isPresent())
                    .isEqualTo(deny instanceof Deny.MissingPermission);
        }
    }

    @Test
    void answersForTheCallerWithABareArrayOfRoleIds() {
        IdentityFields identity = new IdentityFields("t/alice", Optional.empty(), "d-1");

        Answer answer = LocalAnswers.assignedRoles(List.of("r-1", "r-2", "r-1"), identity);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("[\"r-1\",\"r-2\"]");
        assertThat(answer.fields().first("x-stagedoor-principal")).contains("t/alice");
        assertThat(LocalAnswers.assignedRoles(List.of(), identity).body()).isEqualTo("[]");
    }
}
