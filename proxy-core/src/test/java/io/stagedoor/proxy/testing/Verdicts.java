package io.stagedoor.proxy.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;

/** What came of a request, as its answer, its audit record and the upstream tell it. */
public final class Verdicts {

    private Verdicts() {}

    /** Checks that a request was refused, with one record of this code and nothing sent upstream. */
    public static JsonNode assertRefused(
            ProxyFixture fixture, HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        JsonNode record = record(fixture, answer);
        assertThat(record.at("/decision/verdict").asText()).isEqualTo("deny");
        assertThat(record.at("/decision/code").asText()).isEqualTo(code);
        String decision = decisionOf(answer);
        assertThat(
                        fixture.workspace()
                                .requests(
                                        one ->
                                                one.field("X-Stagedoor-Decision-Id")
                                                        .equals(Optional.of(decision))))
                .isEmpty();
        return record;
    }

    /** Returns the record of the decision about a request. */
    public static JsonNode record(ProxyFixture fixture, HttpResponse<String> answer) {
        String decision = decisionOf(answer);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(
                        () ->
                                !JournalReading.ofRequest(fixture.journalFolder(), decision)
                                        .isEmpty());
        List<JsonNode> records = JournalReading.ofRequest(fixture.journalFolder(), decision);
        return records.getFirst();
    }

    private static String decisionOf(HttpResponse<String> answer) {
        return answer.headers().firstValue("X-Stagedoor-Decision-Id").orElseThrow();
    }
}
