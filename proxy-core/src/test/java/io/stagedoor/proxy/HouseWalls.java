package io.stagedoor.proxy;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * Who may know whom, as rules by name.
 *
 * <p>Built for a root package, so that the same rules stand over the product and over the planted
 * violations that show each of them at work.
 */
final class HouseWalls {
    private static final List<String> STAGES =
            List.of("authn", "rate", "route", "directory", "refresh", "credential", "audit");
    private static final Set<String> INJECTIONS =
            Set.of("Inject", "Autowired", "Resource", "Value");
    private static final String NAMES_OF_NOTHING = ".*(Impl|Utils?|Helper|Manager)";
    private static final String[] PACKAGES_OF_NOTHING = {
        "..util..", "..common..", "..impl..", "..manager..", "..helper..", "..service..", "..dto.."
    };

    private final String policy;
    private final String config;
    private final String proxy;
    private final Map<String, ArchRule> rules = new TreeMap<>();

    private HouseWalls(String root) {
        policy = root + ".policy..";
        config = root + ".config..";
        proxy = root + ".proxy";
        addArrows();
        addStages();
        addEdges();
        addForm();
    }

    /** Gives the rules over everything below a package. */
    static HouseWalls below(String root) {
        return new HouseWalls(root);
    }

    /** Gives the names of all rules. */
    Set<String> names() {
        return Collections.unmodifiableSet(rules.keySet());
    }

    /** Gives the rule of a name. */
    ArchRule named(String name) {
        return Optional.ofNullable(rules.get(name)).orElseThrow();
    }

    private void addArrows() {
        onlyKnows("policy is pure", policy, policy);
        onlyKnows(
                "config knows policy and the YAML parser",
                config,
                config,
                policy,
                "org.snakeyaml..");
        rules.put(
                "nobody but the command line knows the root package",
                noClasses()
                        .that()
                        .resideOutsideOfPackages(proxy, proxy + ".cli..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(proxy));
    }

    private void addStages() {
        String[] values = {proxy + ".http..", proxy + ".refusal.."};
        for (String stage : STAGES) {
            DescribedPredicate<JavaClass> own = resideInAnyPackage(proxy + "." + stage + "..");
            neverKnows(
                    stage + " knows no other stage and no root, only value types",
                    own,
                    resideInAnyPackage(proxy + "..")
                            .and(not(own))
                            .and(not(resideInAnyPackage(values))));
            neverKnows(stage + " does not know Netty", own, resideInAnyPackage("io.netty.."));
            neverKnows(stage + " does not know the configuration", own, resideInAnyPackage(config));
        }
    }

    private void addEdges() {
        onlyKnows(
                "refusals know nothing of the proxy",
                proxy + ".refusal..",
                proxy + ".refusal..",
                policy);
        String[] words = {proxy + ".http..", proxy + ".refusal.."};
        neverKnows(
                "http knows nothing of the proxy but refusals",
                resideInAnyPackage(proxy + ".http.."),
                resideInAnyPackage(proxy + "..", config).and(not(resideInAnyPackage(words))));
        neverKnows(
                "sockets know nothing of policy, configuration or stages",
                resideInAnyPackage(proxy + ".listener..", proxy + ".upstream.."),
                resideInAnyPackage(policy, config).or(resideInAnyPackage(stagePackages())));
        neverKnows(
                "the demo meets the proxy only through its files and sockets",
                resideInAnyPackage(proxy + ".cli.demo.."),
                resideInAnyPackage(proxy + "..").and(not(resideInAnyPackage(proxy + ".cli.."))));
    }

    private void addForm() {
        rules.put(
                "every package says what it is for and is null-marked",
                classes()
                        .should(
                                ArchCondition.from(
                                        DescribedPredicate.describe(
                                                "be in a null-marked package",
                                                HouseWalls::isNullMarked))));
        rules.put(
                "a class name says something",
                classes().should().haveNameNotMatching(NAMES_OF_NOTHING));
        rules.put(
                "a package has a subject",
                noClasses().should().resideInAnyPackage(PACKAGES_OF_NOTHING));
        rules.put(
                "wiring is constructor calls, not injection",
                noFields()
                        .should()
                        .beAnnotatedWith(
                                DescribedPredicate.describe(
                                        "an injection", HouseWalls::isInjection)));
    }

    private void onlyKnows(String name, String who, String... whom) {
        String[] platform = {"java..", "org.jspecify.."};
        String[] allowed = Stream.of(platform, whom).flatMap(Stream::of).toArray(String[]::new);
        rules.put(
                name,
                classes()
                        .that()
                        .resideInAPackage(who)
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage(allowed));
    }

    private void neverKnows(
            String name, DescribedPredicate<JavaClass> who, DescribedPredicate<JavaClass> whom) {
        rules.put(name, noClasses().that(who).should().dependOnClassesThat(whom));
    }

    private String[] stagePackages() {
        return STAGES.stream().map(stage -> proxy + "." + stage + "..").toArray(String[]::new);
    }

    private static boolean isNullMarked(JavaClass type) {
        return type.getPackage().isAnnotatedWith(NullMarked.class);
    }

    private static boolean isInjection(JavaAnnotation<?> annotation) {
        return INJECTIONS.contains(annotation.getRawType().getSimpleName());
    }
}
