package io.stagedoor.proxy.exchange;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Writes one line for each exchange. The log is for operators; it is not the audit trail. */
public final class AccessLog implements ExchangeObserver {

    private static final Logger LOG = LoggerFactory.getLogger("stagedoor.access");

    @Override
    public void ended(ExchangeSummary summary) {
        LoggingEventBuilder line =
                LOG.atInfo()
                        .addKeyValue("requestId", summary.requestId())
                        .addKeyValue("decision", summary.code())
                        .addKeyValue("status", summary.status())
                        .addKeyValue("durationMs", summary.duration().toMillis());
        line = with(line, "route", summary.route());
        line = with(line, "principal", summary.principal());
        line = with(line, "operation", summary.operation());
        line = with(line, "jobId", summary.jobId());
        line.log("exchange");
    }

    private static LoggingEventBuilder with(
            LoggingEventBuilder line, String key, Optional<String> value) {
        return value.isPresent() ? line.addKeyValue(key, value.get()) : line;
    }
}
