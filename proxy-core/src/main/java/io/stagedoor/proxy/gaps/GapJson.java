package io.stagedoor.proxy.gaps;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Writes a report as one JSON document. */
public final class GapJson {

    private GapJson() {}

    /** Writes the report as an object. */
    public static void write(GapReport report, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("gaps");
        for (Gap gap : report.gaps()) {
            json.writeStartObject();
            json.writeStringField("service", gap.call().service());
            json.writeStringField("method", gap.call().method());
            json.writeStringField("path", gap.call().shape());
            if (gap.call().operation().isPresent()) {
                json.writeStringField("operation", gap.call().operation().get());
            }
            json.writeNumberField("count", gap.count());
            json.writeStringField("last", gap.last().toString());
            json.writeStringField("example", gap.example());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("others", report.others());
        json.writeBooleanField("complete", report.complete());
        json.writeEndObject();
    }
}
