package io.stagedoor.proxy.scim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagedoor.policy.principal.GroupMembership;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.proxy.scim.store.ScimStore;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScimEndpointTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final PrincipalId ALICE = PrincipalId.of("okta", "00u-alice");

    @TempDir Path folder;
    private ScimStore store;
    private ScimEndpoint endpoint;
    private ScimDirectory directory;

    @BeforeEach
    void open() throws IOException {
        store = ScimStore.open(folder);
        endpoint = new ScimEndpoint(store, () -> "secret", "/scim/okta/v2", () -> Instant.EPOCH);
        directory =
                new ScimDirectory(
                        "okta",
                        store,
                        "externalId",
                        (id, name) -> Set.of(PrincipalId.of("okta", name)));
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Bearer wrong", "Basic secret", "secret"})
    void answersNobodyWithoutTheToken(String authorization) {
        ScimResponse response =
                endpoint.handle(
                        new ScimRequest(
                                "GET", "/Users", "", Optional.of(authorization), new byte[0]));

        assertThat(response.status()).isEqualTo(401);
        assertThat(response.fields()).containsKey("WWW-Authenticate");
    }

    @Test
    void createsAUserAndShowsIt() throws Exception {
        ScimResponse created =
                call(
                        "POST",
                        "/Users",
                        "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],"
                                + "\"userName\":\"alice@x\",\"externalId\":\"00u-alice\","
                                + "\"name\":{\"givenName\":\"A\"},\"password\":\"p\",\"id\":\"mine\"}");

        assertThat(created.status()).isEqualTo(201);
        JsonNode user = json(created);
        String id = user.path("id").asText();
        assertThat(id).isNotEqualTo("mine");
        assertThat(user.has("password")).isFalse();
        assertThat(user.at("/meta/location").asText()).isEqualTo("/scim/okta/v2/Users/" + id);
        assertThat(created.fields()).containsEntry("Location", "/scim/okta/v2/Users/" + id);
        assertThat(json(call("GET", "/Users/" + id, ""))).isEqualTo(user);
    }

    @Test
    void membershipsNestAndCirclesEnd() throws Exception {
        String alice = user("alice", "00u-alice");
        String team = group("team", alice);
        String department = group("department", team);
        assertThat(call("PUT", "/Groups/" + team, members("team", alice, department)).status())
                .isEqualTo(200);

        assertThat(groupsOfAlice()).containsExactlyInAnyOrder("team", "department");
    }

    @Test
    void somebodyNeverPushedIsUnknownAndNotWithoutGroups() {
        assertThat(directory.of(ALICE).groups()).containsInstanceOf(GroupMembership.Unknown.class);
        assertThat(directory.of(ALICE).active()).isTrue();
    }

    @Test
    void givesTheSameObjectUntilSomethingIsPushed() throws Exception {
        user("alice", "00u-alice");
        ScimDirectory.Known first = directory.of(ALICE);

        assertThat(directory.of(ALICE)).isSameAs(first);
        user("bob", "00u-bob");
        assertThat(directory.of(ALICE)).isNotSameAs(first);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"op\":\"replace\",\"value\":{\"active\":false}}",
                "{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"False\"}",
                "{\"op\":\"replace\",\"path\":\"active\",\"value\":false}",
                "{\"op\":\"Replace\",\"path\":\"ACTIVE\",\"value\":false}",
                "{\"op\":\"replace\","
                        + "\"path\":\"urn:ietf:params:scim:schemas:core:2.0:User:active\","
                        + "\"value\":false}"
            })
    void deactivationInEachDialectBars(String operation) throws Exception {
        String alice = user("alice", "00u-alice");
        group("team", alice);

        ScimResponse patched = call("PATCH", "/Users/" + alice, patch(operation));

        assertThat(patched.status()).isEqualTo(200);
        assertThat(json(patched).path("active").isBoolean()).isTrue();
        assertThat(directory.of(ALICE).active()).isFalse();
        assertThat(groupsOfAlice()).isEmpty();
        call("PATCH", "/Users/" + alice, patch("{\"op\":\"replace\",\"value\":{\"active\":true}}"));
        assertThat(groupsOfAlice()).containsExactly("team");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"@\"}]}",
                "{\"op\":\"Add\",\"path\":\"members\",\"value\":{\"value\":\"@\"}}",
                "{\"op\":\"add\",\"value\":{\"members\":[{\"value\":\"@\",\"display\":\"A\"}]}}",
                "{\"op\":\"replace\",\"path\":\"members\",\"value\":[{\"value\":\"@\"}]}",
                "{\"op\":\"add\",\"path\":"
                        + "\"urn:ietf:params:scim:schemas:core:2.0:Group:members\","
                        + "\"value\":[{\"value\":\"@\"}]}"
            })
    void addsAMemberInEachDialect(String operation) throws Exception {
        String alice = user("alice", "00u-alice");
        String team = group("team");

        ScimResponse patched =
                call("PATCH", "/Groups/" + team, patch(operation.replace("@", alice)));

        assertThat(patched.status()).isEqualTo(204);
        assertThat(groupsOfAlice()).containsExactly("team");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"op\":\"remove\",\"path\":\"members[value eq \\\"@\\\"]\"}",
                "{\"op\":\"Remove\",\"path\":\"members\",\"value\":[{\"value\":\"@\"}]}",
                "{\"op\":\"remove\",\"path\":\"members\"}",
                "{\"op\":\"replace\",\"path\":\"members\",\"value\":[]}"
            })
    void removesAMemberInEachDialect(String operation) throws Exception {
        String alice = user("alice", "00u-alice");
        String team = group("team", alice);

        ScimResponse patched =
                call("PATCH", "/Groups/" + team, patch(operation.replace("@", alice)));

        assertThat(patched.status()).isEqualTo(204);
        assertThat(groupsOfAlice()).isEmpty();
    }

    @Test
    void aPatchCountsAsAWholeOrNotAtAll() throws Exception {
        String alice = user("alice", "00u-alice");
        String team = group("team", alice);

        ScimResponse refused =
                call(
                        "PATCH",
                        "/Groups/" + team,
                        patch(
                                "{\"op\":\"remove\",\"path\":\"members\"},"
                                        + "{\"op\":\"add\",\"path\":\"members\","
                                        + "\"value\":[{\"value\":\"nobody\"}]}"));

        assertError(refused, 400, "invalidValue");
        assertThat(groupsOfAlice()).containsExactly("team");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"op\":\"remove\"}|noTarget",
                "{\"op\":\"move\",\"path\":\"members\"}|invalidSyntax",
                "{\"op\":\"add\",\"value\":7}|invalidValue",
                "{\"op\":\"add\",\"path\":\"members\",\"value\":[{}]}|invalidValue",
                "{\"op\":\"replace\",\"path\":\"members[value eq \\\"x\\\"]\",\"value\":[]}|invalidPath",
                "{\"op\":\"remove\",\"path\":\"members[display eq \\\"x\\\"]\"}|invalidPath",
                "{\"op\":\"remove\",\"path\":\"displayName\"}|invalidValue",
                "{\"op\":\"replace\",\"path\":\"displayName\",\"value\":7}|invalidValue"
            })
    void refusesAPatchThatItCannotDoExactly(String operation, String type) throws Exception {
        String team = group("team");

        assertError(call("PATCH", "/Groups/" + team, patch(operation)), 400, type);
    }

    @Test
    void passesOverWhatNothingLooksAt() throws Exception {
        String alice = user("alice", "00u-alice");

        ScimResponse patched =
                call(
                        "PATCH",
                        "/Users/" + alice,
                        patch(
                                "{\"op\":\"Replace\",\"path\":\"emails[type eq \\\"work\\\"].value\","
                                        + "\"value\":\"a@x\"},"
                                        + "{\"op\":\"Add\",\"path\":\"name.givenName\",\"value\":\"A\"},"
                                        + "{\"op\":\"Add\",\"path\":\"urn:ietf:params:scim:schemas:"
                                        + "extension:enterprise:2.0:User:department\","
                                        + "\"value\":\"x\"}"));

        assertThat(patched.status()).isEqualTo(200);
        assertThat(json(patched).at("/name/givenName").asText()).isEqualTo("A");
    }

    @Test
    void deletingAUserEndsItsMemberships() throws Exception {
        String alice = user("alice", "00u-alice");
        String team = group("team", alice);

        assertThat(call("DELETE", "/Users/" + alice, "").status()).isEqualTo(204);

        assertThat(json(call("GET", "/Groups/" + team, "")).path("members")).isEmpty();
        assertThat(directory.of(ALICE).groups()).containsInstanceOf(GroupMembership.Unknown.class);
        assertError(call("DELETE", "/Users/" + alice, ""), 404, "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/Users|userName eq \"ALICE\"|1",
                "/Users|externalId eq \"00u-alice\"|1",
                "/Users|USERNAME EQ \"alice\"|1",
                "/Users|userName eq \"carol\"|0",
                "/Users|userName eq \"alice\" and externalId eq \"00u-bob\"|0",
                "/Groups|displayName eq \"Team\"|1",
                "/Groups|urn:ietf:params:scim:schemas:core:2.0:Group:displayName eq \"team\"|1"
            })
    void findsByFilter(String collection, String filter, int found) throws Exception {
        user("alice", "00u-alice");
        user("bob", "00u-bob");
        group("team");

        JsonNode list = json(query(collection, "filter=" + encoded(filter)));

        assertThat(list.path("totalResults").asInt(-1)).isEqualTo(found);
        assertThat(list.path("Resources")).hasSize(found);
    }

    @Test
    void findsWhetherSomebodyIsAMember() throws Exception {
        String alice = user("alice", "00u-alice");
        String team = group("team", alice);
        String filter = "id eq \"" + team + "\" and members eq \"%s\"";

        JsonNode member = json(query("/Groups", "filter=" + encoded(filter.replace("%s", alice))));
        JsonNode other = json(query("/Groups", "filter=" + encoded(filter.replace("%s", "x"))));

        assertThat(member.path("totalResults").asInt()).isOne();
        assertThat(other.path("totalResults").asInt(-1)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "userName co \"a\"",
                "userName eq alice",
                "",
                "userName",
                "nickName eq \"x\"",
                "userName eq \"a\" or userName eq \"b\"",
                "userName eq \"a\" and"
            })
    void refusesAFilterItDoesNotUnderstand(String filter) {
        assertError(query("/Users", "filter=" + encoded(filter)), 400, "invalidFilter");
    }

    @Test
    void pages() throws Exception {
        for (int i = 1; i <= 5; i++) {
            user("user" + i, "00u-" + i);
        }

        JsonNode page = json(query("/Users", "startIndex=3&count=2"));

        assertThat(page.path("totalResults").asInt()).isEqualTo(5);
        assertThat(page.path("startIndex").asInt()).isEqualTo(3);
        assertThat(page.path("itemsPerPage").asInt()).isEqualTo(2);
        assertThat(page.at("/Resources/0/userName").asText()).isEqualTo("user3");
        assertThat(json(query("/Users", "startIndex=-7&count=-1")).path("Resources")).isEmpty();
        assertThat(json(query("/Users", "startIndex=9")).path("Resources")).isEmpty();
    }

    @Test
    void leavesMembersOutWhenAsked() throws Exception {
        String alice = user("alice", "00u-alice");
        group("team", alice);

        JsonNode shown = json(query("/Groups", "excludedAttributes=members")).at("/Resources/0");

        assertThat(shown.path("displayName").asText()).isEqualTo("team");
        assertThat(shown.has("members")).isFalse();
    }

    @Test
    void namesAndExternalIdsAreUnique() throws Exception {
        user("alice", "00u-alice");
        String bob = user("bob", "00u-bob");

        assertError(call("POST", "/Users", "{\"userName\":\"ALICE\"}"), 409, "uniqueness");
        assertError(
                call("POST", "/Users", "{\"userName\":\"c\",\"externalId\":\"00u-alice\"}"),
                409,
                "uniqueness");
        assertError(call("PUT", "/Users/" + bob, "{\"userName\":\"alice\"}"), 409, "uniqueness");
        assertThat(call("PUT", "/Users/" + bob, "{\"userName\":\"BOB\"}").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST|/Users|{}|400",
                "POST|/Users|{\"userName\":\" \"}|400",
                "POST|/Users|{\"userName\":7}|400",
                "POST|/Users|{\"userName\":\"a\",\"userName\":\"b\"}|400",
                "POST|/Users|[]|400",
                "POST|/Users|{|400",
                "POST|/Users|{\"userName\":\"a\",\"active\":\"maybe\"}|400",
                "POST|/Groups|{\"displayName\":\"g\",\"members\":[{\"value\":\"x\"}]}|400",
                "GET|/Users/none||404",
                "PUT|/Users/none|{\"userName\":\"a\"}|404",
                "PATCH|/Users/none|{\"Operations\":[{\"op\":\"add\",\"value\":{}}]}|404",
                "PATCH|/Users/none|{}|404",
                "GET|/Nothing||404",
                "GET|/||404",
                "DELETE|/Users||405",
                "POST|/Users/none|{}|405",
                "POST|/Schemas|{}|405",
                "POST|/Bulk|{}|501",
                "GET|/Me||501"
            })
    void refusesWith(String method, String path, String body, int status) {
        ScimResponse response = call(method, path, body == null ? "" : body);

        assertThat(response.status()).isEqualTo(status);
        assertThat(text(response))
                .contains("urn:ietf:params:scim:api:messages:2.0:Error")
                .contains("\"status\":\"" + status + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ServiceProviderConfig",
                "/ResourceTypes",
                "/ResourceTypes/User",
                "/Schemas",
                "/Schemas/urn:ietf:params:scim:schemas:core:2.0:Group"
            })
    void tellsWhatItIs(String path) throws Exception {
        ScimResponse response = call("GET", path, "");

        assertThat(response.status()).isEqualTo(200);
        assertThat(json(response).path("schemas")).isNotEmpty();
    }

    private String user(String name, String externalId) throws IOException {
        return id(
                call(
                        "POST",
                        "/Users",
                        "{\"userName\":\"" + name + "\",\"externalId\":\"" + externalId + "\"}"));
    }

    private String group(String name, String... members) throws IOException {
        return id(call("POST", "/Groups", members(name, members)));
    }

    private static String members(String name, String... members) {
        String list =
                Arrays.stream(members)
                        .map(member -> "{\"value\":\"" + member + "\"}")
                        .collect(Collectors.joining(","));
        return "{\"displayName\":\"" + name + "\",\"members\":[" + list + "]}";
    }

    private static String patch(String operations) {
        return "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":["
                + operations
                + "]}";
    }

    private Set<String> groupsOfAlice() {
        GroupMembership.Known known =
                (GroupMembership.Known) directory.of(ALICE).groups().orElseThrow();
        return known.groups().stream().map(PrincipalId::objectId).collect(Collectors.toSet());
    }

    private static String id(ScimResponse created) throws IOException {
        assertThat(created.status()).as(text(created)).isEqualTo(201);
        return json(created).path("id").asText();
    }

    private ScimResponse call(String method, String path, String body) {
        return endpoint.handle(
                new ScimRequest(
                        method,
                        path,
                        "",
                        Optional.of("Bearer secret"),
                        body.getBytes(StandardCharsets.UTF_8)));
    }

    private ScimResponse query(String path, String query) {
        return endpoint.handle(
                new ScimRequest("GET", path, query, Optional.of("bearer secret"), new byte[0]));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void assertError(ScimResponse response, int status, String type) {
        assertThat(response.status()).as(text(response)).isEqualTo(status);
        assertThat(text(response)).contains(type.isEmpty() ? "detail" : "\"scimType\":\"" + type);
        assertThat(response.changed()).isEmpty();
    }

    private static JsonNode json(ScimResponse response) throws IOException {
        return JSON.readTree(response.body());
    }

    private static String text(ScimResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
