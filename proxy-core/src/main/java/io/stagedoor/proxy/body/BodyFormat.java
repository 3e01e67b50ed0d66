package io.stagedoor.proxy.body;

import io.stagedoor.policy.operation.Platform;
import io.stagedoor.proxy.http.MediaTypes;
import java.util.Optional;

/** The forms in which a body may state what a decision depends on. */
enum BodyFormat {
    /** JSON in UTF-8 (RFC 8259): on every platform. */
    JSON,
    /** XML in UTF-8 below {@code tsRequest}: what Tableau's clients send unless told otherwise. */
    XML,
    /** A publish of Tableau: a first part in one of the other two, and a file (RFC 2046). */
    MULTIPART;

    /** Returns the format that a Content-Type field names, if the platform takes it. */
    static Optional<BodyFormat> of(String contentType, Platform platform) {
        if (MediaTypes.isJson(contentType)) {
            return Optional.of(JSON);
        }
        if (platform != Platform.TABLEAU) {
            return Optional.empty();
        }
        if (MediaTypes.isXml(contentType)) {
            return Optional.of(XML);
        }
        return MediaTypes.isMultipartMixed(contentType) ? Optional.of(MULTIPART) : Optional.empty();
    }
}
