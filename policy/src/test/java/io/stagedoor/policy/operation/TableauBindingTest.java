package io.stagedoor.policy.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagedoor.policy.operation.RootReference.Form;
import io.stagedoor.policy.operation.ScopeInput.BodyContentProject;
import io.stagedoor.policy.operation.ScopeInput.BodyField;
import io.stagedoor.policy.operation.ScopeInput.ContentProject;
import io.stagedoor.policy.operation.ScopeInput.GraphQlQuery;
import io.stagedoor.policy.operation.ScopeInput.RootName;
import io.stagedoor.policy.operation.ScopeInput.TypedContentProject;
import io.stagedoor.policy.scope.Scope;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How calls of Tableau are bound to the site of the route and to its projects. */
class TableauBindingTest {

    private static final String SITE = "9a8b7c6d-0000-4000-8000-00000000c0de";
    private static final String OTHER = "11111111-0000-4000-8000-00000000c0de";
    private static final Scope ROOT = Scope.parse("sites/sales");
    private static final RootName ID = new RootName(Form.ID);
    private static final RootName CONTENT_URL = new RootName(Form.CONTENT_URL);

    @Test
    void asksForTheSiteAndThenForTheProjectOfWhatThePathNames() {
        MatchedOperation match = match("GET", "/api/3.27/sites/" + SITE + "/workbooks/w1");
        ContentProject project = new ContentProject(ContentKind.WORKBOOK, "workbook_id");

        assertThat(match.neededInputs()).containsExactly(ID, project);
        assertThat(match.nextInput(Map.of())).contains(ID);
        assertThat(match.nextInput(Map.of(ID, text(SITE)))).contains(project);
        assertThat(requires(match, Map.of(project, text("p1"))))
                .isEqualTo("artifacts/read @ sites/sales/projects/p1");
    }

    @Test
    void requiresTheSiteWhereTheProjectCannotBeTold() {
        MatchedOperation match = match("GET", "/api/3.27/sites/" + SITE + "/views/v1/data");
        ContentProject project = new ContentProject(ContentKind.VIEW, "view_id");

        for (ScopeValue unknown : List.of(ScopeValue.absent(), ScopeValue.notText(), text(""))) {
            assertThat(requires(match, Map.of(project, unknown)))
                    .isEqualTo(
                            "artifacts/read @ sites/sales"
                                    + " + linkedServices/useSecret/action @ sites/sales");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {OTHER, "sales", "", "9a8b7c6d00004000800000000000c0de"})
    void refusesAPathThatNamesAnotherSite(String named) {
        MatchedOperation match = match("GET", "/api/3.27/sites/" + SITE + "/workbooks");
        Map<ScopeInput, ScopeValue> known = Map.of(ID, text(named));

        assertThatThrownBy(() -> match.bind(ROOT, known))
                .isInstanceOf(RefusedScopeInputException.class)
                .hasMessage("`" + SITE + "` is not the site that this address leads to");
    }

    @Test
    void refusesAnySiteWhileItsOwnIsNotKnown() {
        MatchedOperation match = match("GET", "/api/3.27/sites/" + SITE + "/workbooks");

        assertThatThrownBy(() -> match.bind(ROOT, Map.of(ID, ScopeValue.absent())))
                .isInstanceOf(RefusedScopeInputException.class);
        assertThatThrownBy(() -> match.bind(ROOT))
                .isInstanceOf(MissingScopeInputException.class)
                .hasMessageContaining("root-id");
    }

    @Test
    void knowsItsSiteInAnyCaseOfItsId() {
        MatchedOperation match = match("GET", "/api/3.27/sites/" + SITE.toUpperCase(Locale.ROOT));

        assertThat(requires(match, Map.of())).isEqualTo("read @ sites/sales/*");
    }

    @ParameterizedTest
    @CsvSource({"sales, true", "Sales, false", SITE + ", false", "marketing, false"})
    void takesAContentUrlOnlyForTheSitesOwn(String named, boolean taken) {
        List<String> path = List.of("api", "3.27", "sites", named);
        MatchedOperation match =
                OperationCatalogue.tableau()
                        .resolve("DELETE", path, _ -> Optional.of("contentUrl"))
                        .orElseThrow();
        Map<ScopeInput, ScopeValue> known = Map.of(CONTENT_URL, text("sales"));

        assertThat(match.operation().name()).isEqualTo("delete_site_by_name");
        assertThat(match.neededInputs()).containsExactly(CONTENT_URL);
        if (taken) {
            assertThat(match.bind(ROOT, known).requirements()).hasSize(1);
        } else {
            assertThatThrownBy(() -> match.bind(ROOT, known))
                    .isInstanceOf(RefusedScopeInputException.class);
        }
    }

    @Test
    void knowsNoSiteByItsDisplayName() {
        List<String> path = List.of("api", "3.27", "sites", "sales");

        assertThat(OperationCatalogue.tableau().resolve("GET", path, _ -> Optional.of("name")))
                .isEmpty();
    }

    @Test
    void requiresBothProjectsOfAMove() {
        MatchedOperation match = match("PUT", "/api/3.27/sites/" + SITE + "/workbooks/w1");
        ContentProject from = new ContentProject(ContentKind.WORKBOOK, "workbook_id");
        BodyField to = new BodyField("/workbook/project/id");

        assertThat(requires(match, Map.of(from, text("p1"), to, text("p2"))))
                .isEqualTo(
                        "notebooks/write @ sites/sales/projects/p1"
                                + " + notebooks/write @ sites/sales/projects/p2");
        assertThat(requires(match, Map.of(from, text("p1"), to, ScopeValue.absent())))
                .isEqualTo("notebooks/write @ sites/sales/projects/p1");
    }

    @Test
    void publishesToTheProjectThatTheBodyNamesOrToTheSite() {
        MatchedOperation match = match("POST", "/api/3.27/sites/" + SITE + "/workbooks");
        BodyField to = new BodyField("/workbook/project/id");

        assertThat(requires(match, Map.of(to, text("p2"))))
                .isEqualTo("notebooks/write @ sites/sales/projects/p2");
        assertThat(requires(match, Map.of(to, ScopeValue.absent())))
                .isEqualTo("notebooks/write @ sites/sales");
        assertThatThrownBy(() -> requires(match, Map.of(to, text("p/2"))))
                .isInstanceOf(RefusedScopeInputException.class);
    }

    @Test
    void bindsAQueryToTheDataSourceInItsBody() {
        MatchedOperation match = match("POST", "/api/v1/vizql-data-service/query-datasource");
        BodyContentProject project =
                new BodyContentProject(ContentKind.DATASOURCE, "/datasource/datasourceLuid");

        assertThat(match.neededInputs()).containsExactly(project);
        assertThat(project.readsBodyAt()).contains("/datasource/datasourceLuid");
        assertThat(requires(match, Map.of(project, text("p1"))))
                .isEqualTo(
                        "artifacts/read @ sites/sales/projects/p1"
                                + " + linkedServices/useSecret/action @ sites/sales/projects/p1");
    }

    @Test
    void bindsAMarkOnContentByItsKindAndId() {
        MatchedOperation match =
                match("POST", "/api/3.27/sites/" + SITE + "/dataQualityWarnings/datasource/d1");
        TypedContentProject project = new TypedContentProject("content_type", "content_id");

        assertThat(requires(match, Map.of(project, text("p1"))))
                .isEqualTo("datasets/write @ sites/sales/projects/p1");
    }

    @Test
    void takesAFavoriteForWhateverItsBodyNames() {
        MatchedOperation match = match("PUT", "/api/3.27/sites/" + SITE + "/favorites/u1");
        Map<ScopeInput, ScopeValue> known = new HashMap<>();
        match.neededInputs().forEach(input -> known.put(input, ScopeValue.absent()));
        known.put(ID, text(SITE));
        known.put(new BodyContentProject(ContentKind.VIEW, "/favorite/view/id"), text("p3"));

        assertThat(match.operation().name()).isEqualTo("add_data_source_to_favorites");
        assertThat(requires(match, known)).isEqualTo("artifacts/read @ sites/sales/projects/p3");
    }

    @Test
    void asksGraphQlOfTheWholeSite() {
        MatchedOperation match = match("POST", "/api/metadata/graphql");
        GraphQlQuery query = new GraphQlQuery("/query");

        assertThat(query.readsBodyAt()).contains("/query");
        assertThat(requires(match, Map.of(query, ScopeValue.absent())))
                .isEqualTo("artifacts/read @ sites/sales");
    }

    @ParameterizedTest
    @CsvSource({
        "workbook, WORKBOOK",
        "Workbooks, WORKBOOK",
        "virtualConnection, VIRTUAL_CONNECTION",
        "virtualconnections, VIRTUAL_CONNECTION",
        "datasource, DATASOURCE",
        "work-book,",
        "virtual-connection,",
        "'',",
        "s,",
    })
    void readsTheKindsOfContentAsTableauWritesThem(String word, ContentKind kind) {
        assertThat(ContentKind.ofWord(word)).isEqualTo(Optional.ofNullable(kind));
    }

    private static String requires(MatchedOperation match, Map<ScopeInput, ScopeValue> found) {
        Map<ScopeInput, ScopeValue> known = new HashMap<>(Map.of(ID, text(SITE)));
        known.putAll(found);
        return String.join(
                " + ",
                match.bind(ROOT, known).requirements().stream()
                        .map(BoundRequirement::toString)
                        .toList());
    }

    private static MatchedOperation match(String method, String path) {
        return OperationCatalogue.tableau()
                .resolve(method, List.of(path.substring(1).split("/")))
                .orElseThrow();
    }

    private static ScopeValue text(String text) {
        return ScopeValue.text(text);
    }
}
