package io.stagedoor.proxy.exchange;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Writes one line for each exchange. The log is for operators; it is not the audit trail. */
public final class AccessLog implements ExchangeObserver {

    private static final Logger LOG = LoggerFactory.getLogger("stagedoor.access");

    @Override
    public void ended(ExchangeSummary summary) {
        LoggingEventBuilder line = LOG.atInfo();
        line.addKeyValue("requestId", summary.requestId());
        summary.route().ifPresent(route -> line.addKeyValue("route", route));
        summary.principal().ifPresent(principal -> line.addKeyValue("principal", principal));
        summary.operation().ifPresent(operation -> line.addKeyValue("operation", operation));
        line.addKeyValue("decision", summary.code());
        line.addKeyValue("status", summary.status());
        summary.jobId().ifPresent(id -> line.addKeyValue("jobId", id));
        line.addKeyValue("durationMs", summary.duration().toMillis());
        line.log("exchange");
    }
}
