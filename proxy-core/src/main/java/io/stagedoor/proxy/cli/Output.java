package io.stagedoor.proxy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.stagedoor.proxy.audit.print.AuditPrinter;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where a command's result goes: lines for people, or with {@code --json} one JSON document. */
final class Output {
    static final ObjectMapper MAPPER =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    @Option(names = "--json", description = "Print one JSON document instead of text.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    /** Prints the result in the form that was asked for, and flushes it. */
    void print(List<String> lines, JsonNode document) {
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            out.println(written(document));
        } else {
            lines.forEach(out::println);
        }
        out.flush();
    }

    /** Prints an answer of the audit trail in the form that was asked for, and flushes it. */
    void print(Function<AuditPrinter, String> rendering) {
        PrintWriter out = command.commandLine().getOut();
        out.print(rendering.apply(json ? AuditPrinter.json() : AuditPrinter.text()));
        out.flush();
    }

    /** Prints the result when JSON was asked for: for people the log says it. */
    void printOnlyJson(JsonNode document) {
        if (json) {
            print(List.of(), document);
        }
    }

    private static String written(JsonNode document) {
        try {
            return MAPPER.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree can always be written", e);
        }
    }
}
