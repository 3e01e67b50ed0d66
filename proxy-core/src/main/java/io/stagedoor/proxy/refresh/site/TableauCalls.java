package io.stagedoor.proxy.refresh.site;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Calls of the REST API of one Tableau site, as the proxy itself. Safe for any thread; each call waits
 * within bounds.
 *
 * <p>Paths are those behind {@code /api/{version}/sites/{site}/}, encoded.
 */
public interface TableauCalls {

    /**
     * Reads.
     *
     * @throws TableauCallException if the answer is not 200 with a JSON document
     */
    JsonNode get(String path) throws TableauCallException;

    /**
     * Creates.
     *
     * @param json the document that is sent
     * @throws TableauCallException if the answer is not a success with a JSON document, or none
     */
    JsonNode post(String path, String json) throws TableauCallException;

    /**
     * Changes.
     *
     * @param json the document that is sent
     * @throws TableauCallException if the answer is not a success with a JSON document, or none
     */
    JsonNode put(String path, String json) throws TableauCallException;

    /**
     * Deletes.
     *
     * @throws TableauCallException if the answer is no success
     */
    void delete(String path) throws TableauCallException;
}
