package io.stagedoor.policy.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeTest {

    private static final Scope POOL = Scope.parse("workspaces/w/bigDataPools/p");

    @ParameterizedTest
    @CsvSource({
        "workspaces/ws1, workspaces, ws1, ,",
        "factories/adf-1, factories, adf-1, ,",
        "sites/Sales_EMEA, sites, Sales_EMEA, ,",
        "workspaces/ws1/bigDataPools/small, workspaces, ws1, bigDataPools, small",
        "workspaces/ws1/scopePools/s, workspaces, ws1, scopePools, s",
        "workspaces/ws1/integrationRuntimes/AutoResolveIntegrationRuntime, workspaces, ws1,"
                + " integrationRuntimes, AutoResolveIntegrationRuntime",
        "workspaces/ws1/linkedServices/my lake, workspaces, ws1, linkedServices, my lake",
        "workspaces/ws1/credentials/WorkspaceSystemIdentity, workspaces, ws1, credentials,"
                + " WorkspaceSystemIdentity",
        "factories/adf-1/integrationRuntimes/ir, factories, adf-1, integrationRuntimes, ir",
        "factories/adf-1/linkedServices/l, factories, adf-1, linkedServices, l",
        "factories/adf-1/credentials/c, factories, adf-1, credentials, c",
        "sites/s/projects/Finance & Risk, sites, s, projects, Finance & Risk"
    })
    void readsRootsAndItems(String text, String root, String name, String item, String itemName) {
        Scope scope = Scope.parse(text);

        assertThat(scope.rootType().segment()).isEqualTo(root);
        assertThat(scope.rootName()).isEqualTo(name);
        assertThat(scope.itemType().map(ItemType::segment).orElse(null)).isEqualTo(item);
        assertThat(scope.itemName().orElse(null)).isEqualTo(itemName);
        assertThat(scope.isRoot()).isEqualTo(item == null);
        assertThat(scope.text()).isEqualTo(text);
    }

    @DisplayName("S23: a malformed scope is refused, never cut down to a prefix")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "workspaces",
                "workspaces/",
                "/workspaces/w",
                "workspaces/w/",
                "workspaces/w/*",
                "workspaces/*",
                "workspaces/w/bigDataPools",
                "workspaces/w/bigDataPools/",
                "workspaces/w/bigDataPools/p/",
                "workspaces/w/bigDataPools/p/x",
                "workspaces/w/bigDataPools/p/jobs/1",
                "workspaces//bigDataPools/p",
                "workspaces/w//p",
                "workspaces/w/pipelines/p",
                "workspaces/w/sqlPools/p",
                "workspaces/w/sparkPools/p",
                "workspaces/w/projects/p",
                "sites/s/bigDataPools/p",
                "factories/f/projects/p",
                "servers/s",
                "workspaces/a b",
                "workspaces/w.dev",
                "workspaces/w%2FbigDataPools%2Fp",
                "workspaces/w/bigDataPools/p\u0000",
                "workspaces/w/bigDataPools/p\n",
                "workspaces/w/bigDataPools/p\u007f",
                "workspaces/w/bigDataPools/\ud800",
                " workspaces/w",
                "workspaces/w ",
                "wor\u212aspaces/w",
                "subscriptions/s/resourceGroups/r",
                "workspaces/abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijx"
            })
    void refusesMalformedText(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scope.parse(text))
                .withMessageMatching("(?s)`.*` is not (a scope|an item name): .*");
    }

    @Test
    void itemNamesHaveAtMost260Characters() {
        assertThat(
                        Scope.parse("workspaces/w/linkedServices/" + "\ud83d\ude00".repeat(260))
                                .isRoot())
                .isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scope.parse("workspaces/w/linkedServices/" + "n".repeat(261)));
    }

    @DisplayName("S10, S11, S12, S13: a root covers its items, an item only itself")
    @ParameterizedTest
    @CsvSource({
        "workspaces/w, workspaces/w, true",
        "workspaces/w, workspaces/w/bigDataPools/p, true",
        "workspaces/w, workspaces/w/scopePools/p, true",
        "workspaces/w, workspaces/w/integrationRuntimes/p, true",
        "workspaces/w, workspaces/w/linkedServices/p, true",
        "workspaces/w, workspaces/w/credentials/p, true",
        "workspaces/W, workspaces/w/credentials/p, true",
        "workspaces/w, workspaces/w2, false",
        "workspaces/w, workspaces/w-dev/bigDataPools/p, false",
        "workspaces/w2, workspaces/w, false",
        "workspaces/w, factories/w, false",
        "workspaces/w, factories/w/credentials/c, false",
        "workspaces/w/bigDataPools/p, workspaces/w/bigDataPools/p, true",
        "workspaces/w/bigDataPools/p, WORKSPACES/W/BIGDATAPOOLS/P, true",
        "workspaces/w/bigDataPools/p, workspaces/w/bigDataPools/p2, false",
        "workspaces/w/bigDataPools/p2, workspaces/w/bigDataPools/p, false",
        "workspaces/w/bigDataPools/p, workspaces/w, false",
        "workspaces/w/bigDataPools/p, workspaces/w/scopePools/p, false",
        "workspaces/w/bigDataPools/p, workspaces/w/linkedServices/p, false",
        "workspaces/w/bigDataPools/p, workspaces/w2/bigDataPools/p, false",
        "factories/f, factories/f/integrationRuntimes/i, true",
        "factories/f/integrationRuntimes/i, factories/f, false",
        "sites/s, sites/s/projects/p, true",
        "sites/s/projects/p, sites/s/projects/p2, false",
        "sites/s/projects/p, sites/s, false",
        "sites/s, sites/s2/projects/p, false"
    })
    void coversBySegments(String held, String asked, boolean covers) {
        assertThat(Scope.parse(held).covers(Scope.parse(asked))).isEqualTo(covers);
    }

    @DisplayName("S23: scopes compare without ASCII case, in words and names")
    @Test
    void comparesWithoutAsciiCaseAndKeepsTheText() {
        Scope shouted = Scope.parse("Workspaces/W/BigDataPools/P");

        assertThat(shouted).isEqualTo(POOL).hasSameHashCodeAs(POOL);
        assertThat(shouted.compareTo(POOL)).isZero();
        assertThat(shouted.text()).isEqualTo("Workspaces/W/BigDataPools/P");
        assertThat(shouted).hasToString("Workspaces/W/BigDataPools/P");
    }

    @Test
    void comparesAfterCanonicalComposition() {
        Scope composed = Scope.parse("workspaces/w/linkedServices/caf\u00e9");
        Scope decomposed = Scope.parse("workspaces/w/linkedServices/cafe\u0301");

        assertThat(composed).isEqualTo(decomposed);
        assertThat(decomposed.text()).endsWith("e\u0301");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u212a", "\u017f", "\u0130"})
    void foldsNoLetterBeyondAscii(String letter) {
        Scope other =
                Scope.parse(
                        "workspaces/w/linkedServices/" + letter.toLowerCase(java.util.Locale.ROOT));

        assertThat(Scope.parse("workspaces/w/linkedServices/s").covers(other)).isFalse();
        assertThat(Scope.parse("workspaces/w/linkedServices/\u00c9"))
                .isNotEqualTo(Scope.parse("workspaces/w/linkedServices/\u00e9"));
    }

    @Test
    void theRootOfAnItemIsItsRoot() {
        assertThat(POOL.root()).isEqualTo(Scope.workspace("w"));
        assertThat(POOL.root().root()).isSameAs(POOL.root());
        assertThat(POOL.type()).isEqualTo(ItemType.BIG_DATA_POOL);
        assertThat(POOL.root().type()).isEqualTo(RootType.WORKSPACE);
    }

    @Test
    void makesScopesFromParts() {
        assertThat(Scope.workspace("w").item(ItemType.BIG_DATA_POOL, "p")).isEqualTo(POOL);
        assertThat(POOL.item(ItemType.CREDENTIAL, "c").text())
                .isEqualTo("workspaces/w/credentials/c");
        assertThat(Scope.factory("f").text()).isEqualTo("factories/f");
        assertThat(Scope.site("s").item(ItemType.PROJECT, "p").text())
                .isEqualTo("sites/s/projects/p");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "p/../q", "\t"})
    void refusesItemNamesThatWouldBeMoreThanOneSegment(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scope.workspace("w").item(ItemType.BIG_DATA_POOL, name));
    }

    @ParameterizedTest
    @EnumSource(ItemType.class)
    void anItemStandsBelowTheRootsOfItsPlatform(ItemType type) {
        boolean project = type == ItemType.PROJECT;

        assertThat(type.isBelow(RootType.SITE)).isEqualTo(project);
        assertThat(type.isBelow(RootType.WORKSPACE)).isEqualTo(!project);
        assertThat(type.isBelow(RootType.FACTORY)).isEqualTo(!project);
    }

    @Test
    void neitherEqualsOtherThings() {
        assertThat(POOL).isNotEqualTo("workspaces/w/bigDataPools/p").isNotEqualTo(null);
    }
}
