package io.stagedoor.proxy.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDigestTest {

    @TempDir Path folder;

    @Test
    void tellsContentsApartAndNothingElse() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "one");
        FileDigest before = FileDigest.of(List.of(file));

        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        assertThat(FileDigest.of(List.of(file))).isEqualTo(before);

        Files.writeString(file, "two");
        assertThat(FileDigest.of(List.of(file))).isNotEqualTo(before);
    }

    @Test
    void seesALinkThatIsTurnedAround() throws IOException {
        Path one = Files.writeString(folder.resolve("one"), "1");
        Path two = Files.writeString(folder.resolve("two"), "2");
        Path link = Files.createSymbolicLink(folder.resolve("link"), one);
        FileDigest before = FileDigest.of(List.of(link));

        Files.delete(link);
        Files.createSymbolicLink(link, two);

        assertThat(FileDigest.of(List.of(link))).isNotEqualTo(before);
    }

    @Test
    void fileThatIsMissingIsNoEmptyFile() throws IOException {
        Path file = folder.resolve("a");
        FileDigest missing = FileDigest.of(List.of(file));

        Files.createFile(file);

        assertThat(FileDigest.of(List.of(file))).isNotEqualTo(missing);
    }

    @Test
    void contentThatMovesFromOneFileToAnotherIsAChange() throws IOException {
        Path one = Files.writeString(folder.resolve("one"), "1");
        Path two = Files.writeString(folder.resolve("two"), "2");
        FileDigest before = FileDigest.of(List.of(one, two));

        Files.writeString(one, "2");
        Files.writeString(two, "1");

        assertThat(FileDigest.of(List.of(one, two))).isNotEqualTo(before);
    }
}
