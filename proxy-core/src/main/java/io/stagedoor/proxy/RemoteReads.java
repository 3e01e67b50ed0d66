package io.stagedoor.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.proxy.directory.remote.NoAnswerException;
import io.stagedoor.proxy.directory.remote.RemoteReader;
import io.stagedoor.proxy.refresh.check.ServiceReads;

/**
 * Lets checks read from a configured service.
 *
 * @param reader asks the service
 * @param base what every target begins with: empty, or the resource id of a factory
 */
record RemoteReads(RemoteReader reader, String base) implements ServiceReads, AutoCloseable {

    @Override
    public JsonNode get(String target) throws NoReadingException {
        try {
            return reader.get(base + target).body();
        } catch (NoAnswerException failure) {
            throw unread(failure);
        }
    }

    @Override
    public JsonNode post(String target, String json) throws NoReadingException {
        try {
            return reader.post(base + target, json).body();
        } catch (NoAnswerException failure) {
            throw unread(failure);
        }
    }

    /** Callers read it: what the network says of hosts is left out. */
    private static NoReadingException unread(NoAnswerException failure) {
        return new NoReadingException(
                switch (failure.reason()) {
                    case BUSY -> "the service is busy";
                    case UNREACHABLE -> "the service could not be asked";
                    case UNAUTHORIZED, FORBIDDEN ->
                            "the service does not let the proxy's identity look";
                    case NOT_FOUND -> "the service knows nothing of it";
                    case UNUSABLE -> "the answer of the service could not be read";
                });
    }

    @Override
    public void close() {
        reader.close();
    }
}
