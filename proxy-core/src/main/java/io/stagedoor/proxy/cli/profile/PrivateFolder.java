package io.stagedoor.proxy.cli.profile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A folder that is its owner's alone, and so is every file in it, from the moment it is made: the
 * permissions are given to the call that creates it, never changed afterwards. Where the file system
 * has no POSIX permissions, the folder is as private as the owner's other files are.
 *
 * <p>Every method throws {@link UnusableStoreException} when the folder cannot be used.
 */
public final class PrivateFolder {
    private static final Set<PosixFilePermission> FOLDER =
            PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE =
            PosixFilePermissions.fromString("rw-------");
    private static final long MAX_OCTETS = 1 << 20;

    private final Path path;

    private PrivateFolder(Path path) {
        this.path = path;
    }

    /** Gives a folder, which need not be there yet. */
    public static PrivateFolder at(Path path) {
        return new PrivateFolder(path.toAbsolutePath().normalize());
    }

    /** Gives a folder in this one. */
    public PrivateFolder folder(String name) {
        return new PrivateFolder(path.resolve(name));
    }

    /** Gives the place of a file in it, which need not be there. */
    public Path file(String name) {
        return path.resolve(name);
    }

    /** Reads a file, if it is there. */
    public Optional<String> read(String name) {
        Path file = file(name);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        requirePrivate(path, "700");
        requirePrivate(file, "600");
        try {
            if (Files.size(file) > MAX_OCTETS) {
                throw new UnusableStoreException("`" + file + "` is too long: remove it");
            }
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        } catch (IOException e) {
            throw unusable(file, "read", e);
        }
    }

    /** Replaces a file at once: a reader sees all of the old text or all of the new one. */
    public void write(String name, String text) {
        write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Replaces a file at once, as {@link #write(String, String)} does. */
    public void write(String name, byte[] octets) {
        make();
        Path file = file(name);
        try {
            Path fresh = Files.createTempFile(path, "." + name, ".new", permissions(path, FILE));
            try {
                store(fresh, octets);
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw unusable(file, "written", e);
        }
    }

    /** Removes a file, if it is there. */
    public void remove(String name) {
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException e) {
            throw unusable(file(name), "removed", e);
        }
    }

    /** Opens a file to lock, making it if need be; it holds nothing. */
    FileChannel openLock(String name) {
        make();
        Path file = file(name);
        try {
            return FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE),
                    permissions(path, FILE));
        } catch (IOException e) {
            throw unusable(file, "opened", e);
        }
    }

    /** Makes the folder if it is not there, and the ones around it, each its owner's alone. */
    public void make() {
        List<Path> missing = new ArrayList<>();
        Path each = path;
        while (each != null && !Files.isDirectory(each)) {
            missing.add(each);
            each = each.getParent();
        }
        Collections.reverse(missing);
        missing.forEach(PrivateFolder::makeOne);
        requirePrivate(path, "700");
    }

    private static void makeOne(Path folder) {
        try {
            Files.createDirectory(folder, permissions(folder, FOLDER));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw new UnusableStoreException("`" + folder + "` is not a folder");
            }
        } catch (IOException e) {
            throw unusable(folder, "made", e);
        }
    }

    private static void store(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer octets = ByteBuffer.wrap(content);
            while (octets.hasRemaining()) {
                channel.write(octets);
            }
            channel.force(true);
        }
    }

    /**
     * Refuses what others may read, write or enter. A folder of mode 700 that this process can use
     * is its own, so the owner need not be asked.
     */
    private static void requirePrivate(Path place, String mode) {
        PosixFileAttributeView view =
                Files.getFileAttributeView(
                        place, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view == null) {
            return;
        }
        try {
            PosixFileAttributes attributes = view.readAttributes();
            if (attributes.isSymbolicLink()) {
                throw new UnusableStoreException(
                        "`" + place + "` is a symbolic link, which could lead anywhere: remove it");
            }
            if (!FOLDER.containsAll(attributes.permissions())) {
                throw new UnusableStoreException(
                        "`"
                                + place
                                + "` is open to others ("
                                + PosixFilePermissions.toString(attributes.permissions())
                                + "), and tokens are not safe in it: make it yours alone with `chmod "
                                + (mode
                                        + " "
                                        + place
                                        + "`, and log in again if others may have read it"));
            }
        } catch (IOException e) {
            throw unusable(place, "looked at", e);
        }
    }

    private static FileAttribute<?>[] permissions(Path near, Set<PosixFilePermission> wanted) {
        boolean posix = near.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(wanted)}
                : new FileAttribute<?>[0];
    }

    private static UnusableStoreException unusable(Path place, String what, IOException e) {
        return new UnusableStoreException("`" + place + "` cannot be " + what + ": " + e);
    }
}
