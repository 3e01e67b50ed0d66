package io.stagedoor.config;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.stagedoor.config.sample.PlantedViolation;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final ArchRule IMPORTS =
            classes()
                    .that()
                    .resideInAPackage("io.stagedoor.config..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "io.stagedoor.config..",
                            "io.stagedoor.policy.principal..",
                            "io.stagedoor.policy.role..",
                            "io.stagedoor.policy.scope..",
                            "io.stagedoor.policy.decision..",
                            "io.stagedoor.policy.operation..",
                            "org.snakeyaml.engine..",
                            "org.jspecify..",
                            "java..");

    private static final ArchRule PARSER_STAYS_IN_TEXT =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.stagedoor.config.text..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.snakeyaml.engine..");

    private static final JavaClasses MAIN =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.stagedoor.config");

    @Test
    void importsPolicysValuesAndTheParserAndNothingElse() {
        IMPORTS.check(MAIN);
    }

    @Test
    void onlyTextKnowsTheParser() {
        PARSER_STAYS_IN_TEXT.check(MAIN);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.stagedoor.config.(*)..").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void seesAPlantedViolation() {
        JavaClasses planted = new ClassFileImporter().importClasses(PlantedViolation.class);

        assertThat(IMPORTS.evaluate(planted).getFailureReport().getDetails())
                .anyMatch(detail -> detail.contains("org.assertj"));
        assertThat(PARSER_STAYS_IN_TEXT.evaluate(planted).hasViolation()).isTrue();
    }
}
