package io.stagedoor.proxy.directory.content;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Reads one Tableau site as the proxy itself. Any thread may call; a call may wait within bounds. */
public interface SiteReader {

    /**
     * Reads a thing.
     *
     * @param path what stands behind {@code /api/{version}/sites/{site}/}, encoded
     * @return the thing as JSON, or nothing if the site has no such thing
     * @throws SiteReadException if the site does not say
     */
    Optional<JsonNode> read(String path) throws SiteReadException;
}
