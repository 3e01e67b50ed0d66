package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The house's walls: nothing in the product breaks one, and each is seen to catch a violation. */
class ArchitectureTest {
    private static final String PLANTED = "io.stagedoor.planted";
    private static final HouseWalls WALLS = HouseWalls.below("io.stagedoor");
    private static final HouseWalls PLANTED_WALLS = HouseWalls.below(PLANTED);
    private static final JavaClasses PRODUCT =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.stagedoor");
    private static final JavaClasses VIOLATIONS = new ClassFileImporter().importPackages(PLANTED);

    @ParameterizedTest
    @MethodSource("walls")
    void nothingInTheProductBreaksAWall(String wall) {
        WALLS.named(wall).check(PRODUCT);
    }

    @Test
    void allThreeModulesAreLookedAt() {
        assertThat(Stream.of("policy", "config", "proxy"))
                .allSatisfy(
                        module ->
                                assertThat(PRODUCT.containPackage("io.stagedoor." + module))
                                        .isTrue());
        assertThat(PRODUCT.containPackage(PLANTED)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "policy is pure, policy.PolicyThatReadsFiles",
        "config knows policy and the YAML parser, config.ConfigThatKnowsTheProxy",
        "nobody but the command line knows the root package, proxy.http.HeadThatKnowsTheRoot",
        "'authn knows no other stage and no root, only value types', proxy.authn.VerifierThatDecides",
        "'rate knows no other stage and no root, only value types', proxy.rate.RateThatRoutes",
        "'route knows no other stage and no root, only value types', proxy.route.RouteThatAuthenticates",
        "'directory knows no other stage and no root, only value types',"
                + " proxy.directory.DirectoryThatKnowsTheRoot",
        "'refresh knows no other stage and no root, only value types', proxy.refresh.RefreshThatRoutes",
        "'credential knows no other stage and no root, only value types',"
                + " proxy.credential.CredentialThatListens",
        "'audit knows no other stage and no root, only value types', proxy.audit.RecordThatRoutes",
        "authn does not know Netty, proxy.authn.VerifierThatDecides",
        "rate does not know Netty, proxy.rate.RateThatRoutes",
        "route does not know Netty, proxy.route.RouteThatAuthenticates",
        "directory does not know Netty, proxy.directory.DirectoryThatKnowsTheRoot",
        "refresh does not know Netty, proxy.refresh.RefreshThatRoutes",
        "credential does not know Netty, proxy.credential.CredentialThatListens",
        "audit does not know Netty, proxy.audit.RecordThatRoutes",
        "authn does not know the configuration, proxy.authn.VerifierThatDecides",
        "rate does not know the configuration, proxy.rate.RateThatRoutes",
        "route does not know the configuration, proxy.route.RouteThatAuthenticates",
        "directory does not know the configuration, proxy.directory.DirectoryThatKnowsTheRoot",
        "refresh does not know the configuration, proxy.refresh.RefreshThatRoutes",
        "credential does not know the configuration, proxy.credential.CredentialThatListens",
        "audit does not know the configuration, proxy.audit.RecordThatRoutes",
        "refusals know nothing of the proxy, proxy.refusal.RefusalThatRoutes",
        "http knows nothing of the proxy but refusals, proxy.http.HeadThatKnowsTheRoot",
        "'sockets know nothing of policy, configuration or stages', proxy.listener.SocketThatDecides",
        "the demo meets the proxy only through its files and sockets, proxy.cli.demo.DemoThatPeeks",
        "every package says what it is for and is null-marked, policy.PolicyThatReadsFiles",
        "a class name says something, policy.TokenUtil",
        "a package has a subject, proxy.util.Things",
        "'wiring is constructor calls, not injection', proxy.util.Things",
    })
    void everyWallCatchesAPlantedViolation(String wall, String violator) {
        EvaluationResult result = PLANTED_WALLS.named(wall).evaluate(VIOLATIONS);

        assertThat(result.hasViolation()).isTrue();
        assertThat(result.getFailureReport().getDetails())
                .anyMatch(detail -> detail.contains(PLANTED + "." + violator));
    }

    @Test
    void noWallIsWithoutAPlantedViolation() {
        assertThat(PLANTED_WALLS.names())
                .isNotEmpty()
                .allMatch(name -> PLANTED_WALLS.named(name).evaluate(VIOLATIONS).hasViolation());
    }

    static Stream<String> walls() {
        return WALLS.names().stream();
    }
}
