package io.stagedoor.config.access;

import io.stagedoor.config.place.KnownServices;
import io.stagedoor.config.section.Loaded;
import java.nio.file.Path;

/** Loads an access file. */
public final class AccessLoader {

    private AccessLoader() {}

    /**
     * Reads and checks an access file. Blocks on the disk; never throws for what is wrong with it.
     *
     * @param file the file; complaints name it as given here
     * @param services the services it may speak of
     */
    public static Loaded<DeclaredAccess> load(Path file, KnownServices services) {
        return Loaded.read(file, new AccessReader(sourceOf(file), services));
    }

    /** Explanations show where an assignment comes from, so no folder of the machine is named. */
    private static String sourceOf(Path file) {
        Path name = file.getFileName();
        return name == null ? "" : name.toString();
    }
}
