package io.stagedoor.proxy.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class AccessLogTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Logger logger = (Logger) LoggerFactory.getLogger("stagedoor.access");
    private final ListAppender<ILoggingEvent> written = new ListAppender<>();

    @BeforeEach
    void listen() {
        written.start();
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(written);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(written);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    @Test
    void everyExchangeLeavesOneLineOfJson() throws IOException {
        try (AccessLog log = AccessLog.start(() -> Instant.parse("2026-03-01T12:00:00Z"))) {
            log.ended(summary("first", Optional.of("pipelines/daily")));
            log.ended(summary("second", Optional.empty()));
        }

        List<JsonNode> lines = lines();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0))
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"time": "2026-03-01T12:00:00Z", "requestId": "first",
                                 "decision": "permitted", "status": 200, "durationMs": 12,
                                 "route": "ws1", "principal": "t/o", "operation": "GetPipeline",
                                 "jobId": "pipelines/daily"}
                                """));
        assertThat(lines.get(1).has("jobId")).isFalse();
    }

    @Test
    void nothingInAValueCanEndALine() throws IOException {
        String hostile = "a\"b\\c\nd\u2028e\u007f{\"status\":1}";
        try (AccessLog log = AccessLog.start(() -> Instant.EPOCH)) {
            log.ended(summary("id", Optional.of(hostile)));
        }

        assertThat(lines())
                .singleElement()
                .satisfies(
                        line -> {
                            assertThat(line.path("jobId").asText()).isEqualTo(hostile);
                            assertThat(line.path("status").asInt()).isEqualTo(200);
                        });
    }

    @Test
    void linesThatCannotBeKeptAreCounted() throws IOException {
        try (AccessLog log = AccessLog.start(() -> Instant.EPOCH)) {
            Optional<String> job = Optional.of("x".repeat(1 << 20));
            for (int i = 0; i < 64; i++) {
                log.ended(summary("id-" + i, job));
            }
        }

        long lost = lines().stream().mapToLong(line -> line.path("lostLines").asLong()).sum();
        long kept = lines().stream().filter(line -> line.has("requestId")).count();
        assertThat(kept + lost).isEqualTo(64);
    }

    private List<JsonNode> lines() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (ILoggingEvent event : written.list) {
            for (String line : event.getFormattedMessage().split("\n", -1)) {
                lines.add(JSON.readTree(line));
            }
        }
        return lines;
    }

    private static ExchangeSummary summary(String id, Optional<String> job) {
        return new ExchangeSummary(
                new ExchangeSummary.Ids(id, Optional.empty()),
                Optional.of("ws1"),
                Optional.of("GetPipeline"),
                Optional.of("t/o"),
                "permitted",
                200,
                Duration.ofMillis(12),
                job);
    }
}
