package io.stagedoor.proxy.cli.profile;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The profiles of one person, a file each.
 *
 * <p>Every method throws {@link UnusableStoreException} when a file cannot be used or others can read
 * it. Safe for use by several threads and processes.
 */
public final class ProfileStore {
    private static final String NAME = "[a-z0-9][a-z0-9._-]{0,49}";

    private final PrivateFolder home;

    private ProfileStore(PrivateFolder home) {
        this.home = home;
    }

    /**
     * Gives the profiles in a folder, which need not be there.
     *
     * @param home the folder of everything that the command line keeps
     */
    public static ProfileStore in(Path home) {
        return new ProfileStore(PrivateFolder.at(home));
    }

    /**
     * Checks a name.
     *
     * @throws IllegalArgumentException if it is not 1 to 50 of {@code a-z}, {@code 0-9}, {@code .},
     *     {@code _} and {@code -}, beginning with one of the first two
     */
    public static String requireName(String name) {
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException(
                    "`" + name + "` is not the name of a profile: use a-z, 0-9, `.`, `_` and `-`");
        }
        return name;
    }

    /** Gives the folder of everything that is kept. */
    public PrivateFolder home() {
        return home;
    }

    /** Gives the file of a profile, which need not be there. */
    public Path file(String name) {
        return profiles().file(fileName(name));
    }

    /** Reads a profile, if there is one. */
    public Optional<Profile> read(String name) {
        return profiles().read(fileName(name)).map(text -> parsed(name, text));
    }

    /** Writes a profile over the one of that name. */
    public void write(String name, Profile profile) {
        profiles().write(fileName(name), ProfileText.write(profile));
    }

    /** Removes a profile with its tokens. */
    public void remove(String name) {
        profiles().remove(fileName(name));
    }

    /** Waits until no other thread or process has this profile, and keeps them away until it is closed. */
    public ProfileLock lock(String name) throws InterruptedException {
        return ProfileLock.take(profiles(), requireName(name) + ".lock");
    }

    private PrivateFolder profiles() {
        return home.folder("profiles");
    }

    private static String fileName(String name) {
        return requireName(name) + ".json";
    }

    private Profile parsed(String name, String text) {
        try {
            return ProfileText.read(text);
        } catch (IllegalArgumentException e) {
            throw new UnusableStoreException(
                    "`" + file(name) + "` cannot be used: " + e.getMessage() + "; log in again");
        }
    }
}
