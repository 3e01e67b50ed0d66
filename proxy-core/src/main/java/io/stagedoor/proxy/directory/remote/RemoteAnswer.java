package io.stagedoor.proxy.directory.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;

/**
 * A complete answer: status 200 and one strictly formed JSON document.
 *
 * @param fields the header fields
 * @param body the document
 */
public record RemoteAnswer(HttpHeaders fields, JsonNode body) {}
