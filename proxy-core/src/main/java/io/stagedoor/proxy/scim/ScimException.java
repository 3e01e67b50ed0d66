package io.stagedoor.proxy.scim;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** An error as SCIM tells it (RFC 7644, section 3.12). Has no stack trace: it is an answer. */
final class ScimException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Optional<String> type;

    private ScimException(int status, Optional<String> type, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.type = type;
    }

    static ScimException of(int status, String detail) {
        return new ScimException(status, Optional.empty(), detail);
    }

    /** A request that cannot be fulfilled as it is, with the word that RFC 7644 has for it. */
    static ScimException invalid(String scimType, String detail) {
        return new ScimException(400, Optional.of(scimType), detail);
    }

    static ScimException taken(String detail) {
        return new ScimException(409, Optional.of("uniqueness"), detail);
    }

    int status() {
        return status;
    }

    ObjectNode body() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:Error");
        body.put("status", Integer.toString(status));
        type.ifPresent(word -> body.put("scimType", word));
        return body.put("detail", getMessage());
    }
}
