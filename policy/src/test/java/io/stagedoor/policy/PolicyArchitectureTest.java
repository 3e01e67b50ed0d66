package io.stagedoor.policy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.stagedoor.policy.planted.AsksTheNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What policy may know: itself, the language, and the annotations for null. */
class PolicyArchitectureTest {

    private static final String POLICY = "io.stagedoor.policy.";

    private static final ArchRule KNOWS_ONLY_THE_LANGUAGE =
            classes()
                    .that()
                    .resideInAPackage("io.stagedoor.policy..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage("io.stagedoor.policy..", "java..", "org.jspecify..");

    private static final ArchRule TOUCHES_NOTHING_OUTSIDE =
            noClasses()
                    .that()
                    .resideInAPackage("io.stagedoor.policy..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "java.net..",
                            "java.nio.file..",
                            "java.nio.channels..",
                            "java.sql..",
                            "java.util.logging..");

    private static final JavaClasses MAIN_CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.stagedoor.policy");

    private static JavaClasses planted() {
        return new ClassFileImporter().importClasses(AsksTheNetwork.class);
    }

    @Test
    void knowsOnlyTheLanguage() {
        KNOWS_ONLY_THE_LANGUAGE.check(MAIN_CLASSES);
    }

    @Test
    void touchesNothingOutside() {
        TOUCHES_NOTHING_OUTSIDE.check(MAIN_CLASSES);
    }

    @ParameterizedTest
    @CsvSource({
        "scope, principal",
        "scope, role",
        "scope, operation",
        "scope, decision",
        "principal, scope",
        "principal, role",
        "principal, operation",
        "principal, decision",
        "role, operation",
        "role, decision",
        "operation, principal",
        "operation, decision"
    })
    void arrowsBetweenPackagesPointOneWay(String from, String to) {
        noClasses()
                .that()
                .resideInAPackage(POLICY + from)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(POLICY + to)
                .check(MAIN_CLASSES);
    }

    @Test
    void looksAtAllPackages() {
        assertThat(MAIN_CLASSES.stream().map(type -> type.getPackageName()).distinct())
                .contains(
                        POLICY + "principal",
                        POLICY + "role",
                        POLICY + "scope",
                        POLICY + "operation",
                        POLICY + "decision");
    }

    @Test
    void seesAPlantedLibrary() {
        assertThat(KNOWS_ONLY_THE_LANGUAGE.evaluate(planted()).getFailureReport().getDetails())
                .isNotEmpty()
                .allMatch(detail -> detail.contains("AsksTheNetwork"))
                .anyMatch(detail -> detail.contains("com.fasterxml.jackson"));
    }

    @Test
    void seesPlantedNetworkAndFiles() {
        assertThat(TOUCHES_NOTHING_OUTSIDE.evaluate(planted()).getFailureReport().getDetails())
                .anyMatch(detail -> detail.contains("java.net.URI"))
                .anyMatch(detail -> detail.contains("java.nio.file.Path"));
    }
}
