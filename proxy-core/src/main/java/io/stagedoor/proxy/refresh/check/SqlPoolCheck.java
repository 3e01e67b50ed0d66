package io.stagedoor.proxy.refresh.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.proxy.refresh.Finding;
import io.stagedoor.proxy.refresh.SourceCheck;
import io.stagedoor.proxy.refresh.check.ServiceReads.NoReadingException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Whether a dedicated SQL pool is online, as its workspace says (Synapse, {@code SqlPools_Get}).
 *
 * @param service the configured name of the workspace
 * @param pool its name
 * @param reads reads from the workspace
 */
public record SqlPoolCheck(String service, String pool, ServiceReads reads) implements SourceCheck {

    private static final String VERSION = "?api-version=2020-12-01";
    private static final String ONLINE = "Online";

    @Override
    public String name() {
        return "sql_pool " + service + "/" + pool;
    }

    @Override
    public Finding look() {
        try {
            String segment = URLEncoder.encode(pool, StandardCharsets.UTF_8).replace("+", "%20");
            JsonNode status = reads.get("/sqlPools/" + segment + VERSION).at("/properties/status");
            if (!status.isTextual()) {
                return Finding.unknown("the workspace does not say its status");
            }
            String seen = "status " + status.textValue();
            return status.textValue().equalsIgnoreCase(ONLINE)
                    ? Finding.well(seen)
                    : Finding.unwell(seen);
        } catch (NoReadingException failure) {
            return Finding.unknown(failure.why());
        }
    }
}
