package io.stagedoor.proxy.cli;

import io.stagedoor.proxy.cli.profile.Profile;
import io.stagedoor.proxy.cli.profile.ProfileStore;
import io.stagedoor.proxy.cli.profile.ProxyAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which profile of which person, and the store they lead to. */
final class Profiles {
    @Option(
            names = {"-p", "--profile"},
            paramLabel = "NAME",
            defaultValue = "${env:STAGEDOOR_PROFILE:-default}",
            description = "The profile; default: STAGEDOOR_PROFILE, else `default`.")
    private String name = "default";

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description =
                    "Where profiles are kept; default: STAGEDOOR_HOME, else stagedoor in"
                            + " XDG_CONFIG_HOME, else in ~/.config.")
    private @Nullable Path home;

    /** Gives the name, checked. */
    String name() {
        return ProfileStore.requireName(name);
    }

    ProfileStore store() {
        return ProfileStore.in(
                Optional.ofNullable(home)
                        .orElseGet(
                                () ->
                                        home(
                                                variable ->
                                                        Optional.ofNullable(System.getenv(variable))
                                                                .orElse(""),
                                                Path.of(System.getProperty("user.home")))));
    }

    /** Gives the profile, if there is one. */
    Optional<Profile> profile() {
        return store().read(name());
    }

    /** Gives the proxy that the profile remembers. */
    Optional<ProxyAddress> proxy() {
        return profile().flatMap(Profile::proxy);
    }

    /** Chooses the folder (XDG Base Directory Specification 0.8, which takes absolute paths only). */
    static Path home(UnaryOperator<String> environment, Path userHome) {
        String own = environment.apply("STAGEDOOR_HOME");
        if (!own.isEmpty()) {
            return Path.of(own);
        }
        String config = environment.apply("XDG_CONFIG_HOME");
        boolean given = !config.isEmpty() && Path.of(config).isAbsolute();
        return (given ? Path.of(config) : userHome.resolve(".config")).resolve("stagedoor");
    }
}
