package io.stagedoor.proxy.replay;

import io.stagedoor.proxy.http.Fields;

/**
 * An answer to a run-starting call, kept for a client that asks again.
 *
 * @param requestId the id of the exchange that got the answer
 * @param status the status code
 * @param fields the fields of the answer, without those that belong to one connection
 * @param body the body
 */
@SuppressWarnings("ArrayRecordComponent") // read by its only reader, never compared
public record KeptAnswer(String requestId, int status, Fields fields, byte[] body) {}
