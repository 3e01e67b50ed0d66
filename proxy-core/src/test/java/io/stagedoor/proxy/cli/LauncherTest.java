package io.stagedoor.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the real launcher in a house of its own, with Java machines that only print. */
class LauncherTest {
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final String SHELL_BINARIES = "sh sed readlink mkdir touch cat cksum wc mv rm";

    @TempDir Path folder;

    private Path house;
    private Path tools;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void build() throws IOException {
        house = Files.createDirectories(folder.resolve("my house"));
        Files.copy(REPOSITORY.resolve("stagedoor"), house.resolve("stagedoor"));
        Files.setPosixFilePermissions(
                house.resolve("stagedoor"), PosixFilePermissions.fromString("rwxr-xr-x"));
        tools = Files.createDirectories(folder.resolve("tools"));
        for (String tool : SHELL_BINARIES.split(" ")) {
            script(tools.resolve(tool), "exec " + onRealPath(tool) + " \"$@\"");
        }
        environment.put("PATH", tools.toString());
        environment.put("HOME", folder.resolve("home").toString());
        environment.put("STAGEDOOR_JDK_FOLDERS", folder.resolve("jdks").toString());
    }

    @Test
    void javaHomeIsTakenWhenItIsTheRightVersion() throws Exception {
        Path right = javaHome("elsewhere/jdk 25", "25.0.1", true);
        environment.put("JAVA_HOME", right.toString());

        assertThat(run("--print-java-home").output()).isEqualTo(right + "\n");
    }

    @Test
    void picksTwentyFiveOverSeventeenWhereverSeventeenStands() throws Exception {
        environment.put("JAVA_HOME", javaHome("elsewhere/jdk17", "17.0.15", true).toString());
        Path onPath = javaHome("path/jdk17", "17.0.15", true);
        script(tools.resolve("java"), "exec '" + onPath + "/bin/java' \"$@\"");
        javaHome("jdks/a-jdk-17", "17.0.15", true);
        Path right = javaHome("jdks/b jdk 25", "25.0.1", true);

        assertThat(run("--print-java-home").output()).isEqualTo(right + "\n");
    }

    @Test
    void asksAJavaWithoutAReleaseFileForItsVersion() throws Exception {
        javaHome("jdks/old", "1.8.0_452", false);
        Path right = javaHome("jdks/plain", "25", false);

        assertThat(run("--print-java-home").output()).isEqualTo(right + "\n");
    }

    @Test
    void takesTheJavaOnThePathByTheHomeItNames() throws Exception {
        Path right = javaHome("somewhere/jdk25", "25.0.1", true);
        script(tools.resolve("java"), "exec '" + right + "/bin/java' \"$@\"");

        assertThat(run("--print-java-home").output()).isEqualTo(right + "\n");
    }

    @Test
    void findsTheHomeInsideAMacBundle() throws Exception {
        Path right = javaHome("jdks/temurin-25.jdk/Contents/Home", "25.0.1", true);

        assertThat(run("--print-java-home").output()).isEqualTo(right + "\n");
    }

    @Test
    void saysInOneSentenceThatThereIsNoJava() throws Exception {
        javaHome("jdks/jdk17", "17.0.15", true);

        Ended ended = run("check");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.errors())
                .startsWith("stagedoor: there is no Java 25 here: install a JDK 25")
                .hasLineCount(1);
        assertThat(ended.output()).isEmpty();
    }

    @Test
    void runsTheBuiltProxyWithTheArgumentsAsTheyAre() throws Exception {
        javaHome("jdks/jdk25", "25.0.1", true);
        pretendBuilt();

        Ended ended = run("audit", "job", "a b", "$HOME");

        Path target = house.toRealPath().resolve("proxy-core/target");
        assertThat(ended.exitCode()).isEqualTo(7);
        assertThat(ended.errors()).isEmpty();
        assertThat(ended.output().lines())
                .contains("-Xmx256m", "--enable-native-access=ALL-UNNAMED", "a b", "$HOME")
                .contains(target + "/stagedoor-proxy-core-1.jar:" + target + "/lib/*")
                .contains("io.stagedoor.proxy.cli.Main");
    }

    @Test
    void theProxyGetsMoreRoomAndOwnOptionsComeLast() throws Exception {
        javaHome("jdks/jdk25", "25.0.1", true);
        pretendBuilt();
        environment.put("STAGEDOOR_JAVA_OPTS", "-Xmx2g -Dx=y");

        List<String> arguments = run("run").output().lines().toList();

        assertThat(arguments).containsSubsequence("-Xmx512m", "-Xmx2g", "-Dx=y", "-cp", "run");
    }

    @Test
    void rehearsesOnceAfterABuildAndStartsFromWhatItRemembered() throws Exception {
        Path home = javaHome("jdks/jdk25", "25.0.1", true);
        pretendBuilt();
        Path rehearsals = folder.resolve("rehearsals");
        script(
                home.resolve("bin/java"),
                "for each; do case $each in",
                "  -XX:AOTCacheOutput=*) touch \"${each#*=}\"; echo once >>'" + rehearsals + "' ;;",
                "esac; done",
                "printf '%s\\n' \"$@\"");

        Ended prepared = run("--prepare");
        List<String> started = run("run").output().lines().toList();

        Path cache = house.toRealPath().resolve("proxy-core/target/stagedoor.aot");
        assertThat(prepared.exitCode()).isZero();
        assertThat(prepared.output()).isEmpty();
        assertThat(started).contains("-XX:AOTCache=" + cache);
        assertThat(rehearsals).hasContent("once");

        Files.writeString(house.resolve("proxy-core/target/stagedoor-proxy-core-1.jar"), "new");

        assertThat(run("check").output()).doesNotContain("AOTCache");
        assertThat(run("run").output()).contains("-XX:AOTCache=" + cache);
        assertThat(rehearsals).hasContent("once\nonce\n");
    }

    @Test
    void aFailedRehearsalStopsNothingAndIsNotRepeated() throws Exception {
        Path home = javaHome("jdks/jdk25", "25.0.1", true);
        pretendBuilt();

        List<String> started = run("run").output().lines().toList();

        assertThat(home).exists();
        assertThat(started).contains("run").noneMatch(each -> each.contains("AOT"));
        assertThat(run("run").errors()).isEmpty();
    }

    @Test
    void worksThroughSymbolicLinksAndFromAnyFolder() throws Exception {
        Path right = javaHome("jdks/jdk25", "25.0.1", true);
        pretendBuilt();
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("first"), Path.of("../my house/stagedoor"));
        Files.createSymbolicLink(bin.resolve("sd"), Path.of("first"));

        Ended byPath = start(bin, List.of("./sd", "health"));
        Ended byName = start(bin, List.of("sh", "sd", "health"));

        assertThat(byPath.output()).contains(house.toRealPath() + "/proxy-core/target");
        assertThat(byName.output()).contains(house.toRealPath() + "/proxy-core/target");
        assertThat(right).exists();
    }

    @Test
    void buildsOnFirstUseAndSaysSo() throws Exception {
        Path java = javaHome("jdks/jdk25", "25.0.1", true);
        script(
                tools.resolve("mvn"),
                "[ \"$JAVA25_HOME\" = '" + java + "' ] || exit 1",
                "mkdir -p proxy-core/target/lib",
                "touch proxy-core/target/stagedoor-proxy-core-1.jar",
                "echo \"mvn $*\"");

        Ended ended = run("check");

        assertThat(ended.exitCode()).isEqualTo(7);
        assertThat(ended.errors())
                .isEqualTo(
                        """
                        stagedoor: building once: mvn -q -DskipTests package (a minute or two)
                        mvn -B -q -DskipTests package
                        """);
        assertThat(ended.output()).contains("io.stagedoor.proxy.cli.Main");
    }

    @Test
    void saysThatMavenIsMissing() throws Exception {
        javaHome("jdks/jdk25", "25.0.1", true);

        Ended ended = run("check");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.errors())
                .startsWith("stagedoor: nothing is built yet and there is no mvn on the PATH")
                .hasLineCount(1);
    }

    @Test
    void saysThatTheBuildFailed() throws Exception {
        javaHome("jdks/jdk25", "25.0.1", true);
        script(tools.resolve("mvn"), "exit 1");

        Ended ended = run("check");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.errors()).contains("the build failed; run `mvn package` in ");
    }

    private Ended run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(house.resolve("stagedoor").toString()));
        command.addAll(List.of(arguments));
        return start(folder, command);
    }

    private Ended start(Path directory, List<String> command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = text(process.getInputStream().readAllBytes());
        String errors = text(process.getErrorStream().readAllBytes());
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Ended(process.exitValue(), output, errors);
    }

    /** A Java machine that says its version and home, or prints its arguments and ends with 7. */
    private Path javaHome(String place, String version, boolean withRelease) throws IOException {
        Path home = Files.createDirectories(folder.resolve(place));
        Files.createDirectories(home.resolve("bin"));
        if (withRelease) {
            Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        }
        script(
                home.resolve("bin/java"),
                "case $1 in",
                "  -version) echo 'openjdk version \"" + version + "\" 2025-10-21' >&2; exit ;;",
                "  -XshowSettings*) echo '    java.home = " + home + "' >&2; exit ;;",
                "esac",
                "printf '%s\\n' \"$@\"",
                "exit 7");
        return home;
    }

    private void pretendBuilt() throws IOException {
        Path target = house.resolve("proxy-core/target");
        Files.createDirectories(target.resolve("lib"));
        Files.createFile(target.resolve("stagedoor-proxy-core-1.jar"));
    }

    private static void script(Path file, String... lines) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path onRealPath(String tool) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(entry -> Path.of(entry, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no `" + tool + "` on the PATH"));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private record Ended(int exitCode, String output, String errors) {}
}
