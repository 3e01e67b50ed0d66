package io.stagedoor.proxy.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.proxy.image.Dockerfile.Copy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What can be known of the image without an engine: its files exist, its command is the launcher. */
class ImageTest {
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final String LAUNCHER = "/opt/stagedoor/stagedoor";

    private final Dockerfile dockerfile;

    ImageTest() throws IOException {
        dockerfile = Dockerfile.read(REPOSITORY.resolve("docker/Dockerfile"));
    }

    @Test
    void everyPathCopiedFromTheContextExists() {
        List<String> sources =
                dockerfile.stages().stream()
                        .flatMap(stage -> stage.copies().stream())
                        .filter(copy -> copy.from().isEmpty())
                        .flatMap(copy -> copy.sources().stream())
                        .toList();

        assertThat(sources)
                .isNotEmpty()
                .allSatisfy(source -> assertThat(REPOSITORY.resolve(source)).exists());
    }

    @Test
    void everyModuleOfTheReactorIsCopiedIntoTheBuild() throws IOException {
        List<String> modules =
                Files.readString(REPOSITORY.resolve("pom.xml"))
                        .lines()
                        .filter(line -> line.contains("<module>"))
                        .map(line -> line.replaceAll("\\s*</?module>", ""))
                        .toList();

        List<String> copied =
                dockerfile.stage("build").copies().stream()
                        .flatMap(copy -> copy.sources().stream())
                        .toList();

        assertThat(modules).isNotEmpty();
        assertThat(copied).containsAll(modules).contains("pom.xml", "stagedoor", ".mvn");
    }

    @Test
    void whatIsCopiedFromTheBuildIsWhatTheLauncherRuns() throws IOException {
        String launcher = Files.readString(REPOSITORY.resolve("stagedoor"));

        List<String> sources =
                dockerfile.stage("runtime").copies().stream()
                        .filter(copy -> copy.from().filter("build"::equals).isPresent())
                        .map(Copy::sources)
                        .flatMap(List::stream)
                        .map(source -> source.replace("/src/", ""))
                        .toList();

        assertThat(sources)
                .containsExactly(
                        "stagedoor",
                        "proxy-core/target/stagedoor-proxy-core-*.jar",
                        "proxy-core/target/lib");
        assertThat(launcher)
                .contains("/proxy-core/target/stagedoor-proxy-core-*.jar")
                .contains("$home/proxy-core/target/lib/*")
                .contains("io.stagedoor.proxy.cli.Main");
        assertThat(Files.isExecutable(REPOSITORY.resolve("stagedoor"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "stagedoor"})
    void theImageRunsTheLauncherAsANumberedUserWithAHealthCheck(String stage) {
        assertThat(dockerfile.effective(stage, "ENTRYPOINT")).contains("[\"" + LAUNCHER + "\"]");
        assertThat(dockerfile.effective(stage, "CMD").orElseThrow()).startsWith("[\"");
        assertThat(dockerfile.effective(stage, "USER").orElseThrow())
                .matches("[1-9]\\d*:[1-9]\\d*");
        assertThat(dockerfile.effective(stage, "HEALTHCHECK").orElseThrow())
                .contains("CMD [\"" + LAUNCHER + "\", \"health\", ");
    }

    @Test
    void theProductIsTheLastStageAndStandsOnAJavaWithoutACompiler() {
        assertThat(dockerfile.stages().getLast().name()).isEqualTo("stagedoor");
        assertThat(dockerfile.stage("runtime").base()).isEqualTo("eclipse-temurin:25-jre");
    }

    @Test
    void noImageNamesARegistryHost() {
        assertThat(dockerfile.stages())
                .allSatisfy(stage -> assertThat(stage.base()).doesNotContain("/"));
    }

    @Test
    void composeRunsTheDemoWithNothingToWriteAndNoPrivilege() throws IOException {
        Map<String, Object> demo = service("demo");

        assertThat(demo)
                .containsEntry("read_only", true)
                .containsEntry("cap_drop", List.of("ALL"))
                .containsEntry("security_opt", List.of("no-new-privileges:true"));
        assertThat(demo.get("tmpfs")).asString().contains("/tmp:exec");
        assertThat(demo).doesNotContainKey("privileged");
    }

    @Test
    void composeBuildsAStageThatExistsFromFilesThatExist() throws IOException {
        Map<String, Object> build = map(service("demo").get("build"));

        Path context = REPOSITORY.resolve("docker").resolve(text(build, "context")).normalize();
        assertThat(context).isEqualTo(REPOSITORY);
        assertThat(context.resolve(text(build, "dockerfile"))).exists();
        assertThat(dockerfile.stages()).anyMatch(s -> s.name().equals(text(build, "target")));
        assertThat(dockerfile.effective("demo", "CMD")).contains("[\"demo\"]");
    }

    private static Map<String, Object> service(String name) throws IOException {
        String text = Files.readString(REPOSITORY.resolve("docker/compose.yaml"));
        Object document = new Load(LoadSettings.builder().build()).loadFromString(text);
        return map(map(map(document).get("services")).get(name));
    }

    private static String text(Map<String, Object> map, String key) {
        return String.valueOf(map.get(key));
    }

    @SuppressWarnings("unchecked") // a YAML mapping whose keys are words
    private static Map<String, Object> map(Object node) {
        return (Map<String, Object>) node;
    }
}
