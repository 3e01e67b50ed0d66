package io.stagedoor.proxy.cli.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateFolderTest {
    @TempDir Path folder;

    @Test
    void foldersAndFilesAreMadeForTheirOwnerAlone() throws Exception {
        PrivateFolder home = PrivateFolder.at(folder.resolve("a/b"));

        home.write("x", "text");

        assertThat(mode(folder.resolve("a"))).isEqualTo("rwx------");
        assertThat(mode(folder.resolve("a/b"))).isEqualTo("rwx------");
        assertThat(mode(folder.resolve("a/b/x"))).isEqualTo("rw-------");
        assertThat(home.read("x")).contains("text");
    }

    @Test
    void replacingAFileLeavesNothingElseBehind() throws Exception {
        PrivateFolder home = PrivateFolder.at(folder.resolve("home"));
        home.write("x", "old");

        home.write("x", "new");

        try (Stream<Path> files = Files.list(folder.resolve("home"))) {
            assertThat(files.map(Path::getFileName).map(Path::toString)).containsExactly("x");
        }
        assertThat(home.read("x")).contains("new");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-rw-rw-"})
    void aFileThatIsOpenToOthersIsRefused(String mode) throws Exception {
        PrivateFolder home = PrivateFolder.at(folder.resolve("home"));
        home.write("x", "text");
        Files.setPosixFilePermissions(home.file("x"), PosixFilePermissions.fromString(mode));

        assertThatThrownBy(() -> home.read("x"))
                .isInstanceOf(UnusableStoreException.class)
                .hasMessageContaining(mode)
                .hasMessageContaining("chmod 600");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxr-x---", "rwx--x--x", "rwx-w----"})
    void aFolderThatIsOpenToOthersIsRefused(String mode) throws Exception {
        PrivateFolder home = PrivateFolder.at(folder.resolve("home"));
        home.write("x", "text");
        Files.setPosixFilePermissions(
                folder.resolve("home"), PosixFilePermissions.fromString(mode));

        assertThatThrownBy(() -> home.read("x"))
                .isInstanceOf(UnusableStoreException.class)
                .hasMessageContaining("chmod 700");
        assertThatThrownBy(() -> home.write("x", "more"))
                .isInstanceOf(UnusableStoreException.class);
    }

    @Test
    void aLinkIsNotFollowed() throws Exception {
        PrivateFolder home = PrivateFolder.at(folder.resolve("home"));
        home.make();
        Files.createSymbolicLink(home.file("x"), folder.resolve("elsewhere"));

        assertThatThrownBy(() -> home.read("x"))
                .isInstanceOf(UnusableStoreException.class)
                .hasMessageContaining("symbolic link");
    }

    @Test
    void oneAtATimeHasAProfile() throws Exception {
        ProfileStore store = ProfileStore.in(folder.resolve("home"));
        AtomicBoolean released = new AtomicBoolean();
        FutureTask<Boolean> second =
                new FutureTask<>(
                        () -> {
                            try (ProfileLock _ = store.lock("a")) {
                                return released.get();
                            }
                        });

        try (ProfileLock _ = store.lock("a");
                ProfileLock _ = store.lock("b")) {
            Thread.ofPlatform().start(second);
            released.set(true);
        }

        assertThat(second.get()).isTrue();
    }

    private static String mode(Path place) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(place));
    }
}
