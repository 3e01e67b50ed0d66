package io.stagedoor.policy.planted;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.file.Path;

/** A class that breaks the walls of this module, to see that they are guarded. */
public final class AsksTheNetwork {

    private final ObjectMapper mapper = new ObjectMapper();
    private final URI uri = URI.create("http://localhost");
    private final Path path = Path.of("roles.json");

    /** Returns all that policy must not know. */
    @Override
    public String toString() {
        return mapper + " " + uri + " " + path;
    }
}
