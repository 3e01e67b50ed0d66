package io.stagedoor.proxy.directory.content;

import static io.stagedoor.policy.operation.ContentKind.DATASOURCE;
import static io.stagedoor.policy.operation.ContentKind.FLOW;
import static io.stagedoor.policy.operation.ContentKind.PROJECT;
import static io.stagedoor.policy.operation.ContentKind.VIEW;
import static io.stagedoor.policy.operation.ContentKind.WORKBOOK;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.policy.operation.ContentKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the answer about each kind of thing says in which project the thing is, or with which other
 * thing: the shapes of Tableau's REST API, version 3.27, in JSON.
 */
final class Whereabouts {

    /** A place in an answer that holds the id of a thing which is in the same project. */
    private record Pointer(String at, ContentKind kind) {}

    private Whereabouts() {}

    /** Returns where a thing is read, behind the site's path. */
    static String pathOf(Thing thing) {
        return folderOf(thing.kind()) + "/" + thing.id();
    }

    private static String folderOf(ContentKind kind) {
        return switch (kind) {
            case PROJECT -> "projects";
            case WORKBOOK -> "workbooks";
            case VIEW -> "views";
            case CUSTOM_VIEW -> "customviews";
            case DATASOURCE -> "datasources";
            case FLOW -> "flows";
            case VIRTUAL_CONNECTION -> "virtualconnections";
            case FLOW_RUN -> "flows/runs";
            case JOB -> "jobs";
            case EXTRACT_TASK -> "tasks/extractRefreshes";
            case FLOW_TASK -> "tasks/runFlow";
            case SUBSCRIPTION -> "subscriptions";
            case DATA_ALERT -> "dataAlerts";
        };
    }

    /** Returns the thing that an answer names nearest to the project, the project itself if it can. */
    static Optional<Thing> nextOf(ContentKind kind, JsonNode answer) {
        Stream<Pointer> pointers =
                kind == ContentKind.SUBSCRIPTION
                        ? Stream.of(contentOf(answer))
                        : pointersOf(kind).stream();
        return pointers.flatMap(pointer -> thingAt(pointer, answer).stream()).findFirst();
    }

    private static List<Pointer> pointersOf(ContentKind kind) {
        return switch (kind) {
            case PROJECT -> List.of(new Pointer("/project/id", PROJECT));
            case WORKBOOK -> List.of(new Pointer("/workbook/project/id", PROJECT));
            case VIEW ->
                    List.of(
                            new Pointer("/view/project/id", PROJECT),
                            new Pointer("/view/workbook/id", WORKBOOK));
            case CUSTOM_VIEW ->
                    List.of(
                            new Pointer("/customView/workbook/id", WORKBOOK),
                            new Pointer("/customView/view/id", VIEW));
            case DATASOURCE -> List.of(new Pointer("/datasource/project/id", PROJECT));
            case FLOW -> List.of(new Pointer("/flow/project/id", PROJECT));
            case VIRTUAL_CONNECTION ->
                    List.of(new Pointer("/virtualConnection/project/id", PROJECT));
            case FLOW_RUN -> List.of(new Pointer("/flowRun/flowId", FLOW));
            case JOB ->
                    List.of(
                            new Pointer("/job/extractRefreshJob/workbook/id", WORKBOOK),
                            new Pointer("/job/extractRefreshJob/datasource/id", DATASOURCE),
                            new Pointer("/job/runFlowJobType/flow/id", FLOW));
            case EXTRACT_TASK ->
                    List.of(
                            new Pointer("/task/extractRefresh/workbook/id", WORKBOOK),
                            new Pointer("/task/extractRefresh/datasource/id", DATASOURCE));
            case FLOW_TASK -> List.of(new Pointer("/task/flowRun/flow/id", FLOW));
            case DATA_ALERT ->
                    List.of(
                            new Pointer("/dataAlert/view/project/id", PROJECT),
                            new Pointer("/dataAlert/view/id", VIEW));
            case SUBSCRIPTION -> List.of();
        };
    }

    private static Pointer contentOf(JsonNode answer) {
        boolean view = answer.at("/subscription/content/type").asText().equalsIgnoreCase("view");
        return new Pointer("/subscription/content/id", view ? VIEW : WORKBOOK);
    }

    private static Optional<Thing> thingAt(Pointer pointer, JsonNode answer) {
        JsonNode id = answer.at(pointer.at());
        return id.isTextual() ? Thing.of(pointer.kind(), id.textValue()) : Optional.empty();
    }
}
