package io.stagedoor.proxy.directory.synapse;

import java.net.http.HttpHeaders;

/**
 * A complete answer of a workspace.
 *
 * @param status 200, 304 or 404; every other status is an error before it becomes an answer
 * @param fields the header fields
 * @param body the whole body: JSON when the status is 200
 */
@SuppressWarnings("ArrayRecordComponent") // a body is read once and never compared
record WorkspaceAnswer(int status, HttpHeaders fields, byte[] body) {

    boolean isFound() {
        return status == WorkspaceReader.OK;
    }

    boolean isUnchanged() {
        return status == WorkspaceReader.NOT_MODIFIED;
    }
}
