package io.stagedoor.proxy.directory.content;

import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.operation.ContentKind;
import io.stagedoor.policy.operation.ScopeInput;
import io.stagedoor.policy.operation.ScopeValue;
import io.stagedoor.proxy.directory.facts.ScopeFacts;
import io.stagedoor.proxy.directory.facts.ScopeQuestion;
import io.stagedoor.proxy.directory.facts.Unsaid;
import io.stagedoor.proxy.refusal.RefusedException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Answers in which project of one Tableau site a thing is. Of what the site is called it knows nothing.
 * Safe for any thread.
 *
 * <p>Projects are believed for a stated time and forgotten when a write of the thing passes through
 * the proxy, or Tableau reports one.
 */
public final class SiteFacts implements ScopeFacts {

    private final ProjectCache projects;

    /**
     * Makes the facts of one site; nothing is known at first.
     *
     * @param believed how long a thing is taken to be where it was found
     */
    public SiteFacts(SiteReader site, InstantSource clock, Duration believed) {
        this.projects = new ProjectCache(site, clock, believed);
    }

    @Override
    public Optional<ScopeValue> known(ScopeQuestion question) {
        return switch (question.input()) {
            case ScopeInput.BodyField(String pointer) ->
                    Optional.of(question.body().apply(pointer));
            default -> knownProject(thingOf(question));
        };
    }

    private Optional<ScopeValue> knownProject(Optional<Thing> thing) {
        return thing.isEmpty()
                ? Optional.of(ScopeValue.absent())
                : projects.known(thing.get()).map(ScopeValue::text);
    }

    @Override
    public ScopeValue lookup(ScopeQuestion question) throws RefusedException {
        Optional<ScopeValue> known = known(question);
        if (known.isPresent()) {
            return known.get();
        }
        try {
            return ask(question);
        } catch (SiteReadException failure) {
            throw Unsaid.refused("site", question.input(), String.valueOf(failure.getMessage()));
        }
    }

    private ScopeValue ask(ScopeQuestion question) throws SiteReadException {
        Optional<Thing> thing = thingOf(question);
        Optional<String> project =
                thing.isEmpty() ? Optional.empty() : projects.lookup(thing.get());
        return project.map(ScopeValue::text).orElse(ScopeValue.absent());
    }

    /** Returns the thing whose project is asked for; empty if there cannot be such a thing. */
    private static Optional<Thing> thingOf(ScopeQuestion question) {
        return switch (question.input()) {
            case ScopeInput.ContentProject(ContentKind kind, String parameter) ->
                    Thing.of(kind, question.parameter(parameter));
            case ScopeInput.TypedContentProject(String kindParameter, String parameter) ->
                    ContentKind.ofWord(question.parameter(kindParameter))
                            .flatMap(kind -> Thing.of(kind, question.parameter(parameter)));
            case ScopeInput.BodyContentProject(ContentKind kind, String pointer) ->
                    question.body().apply(pointer) instanceof ScopeValue.Text(String id)
                            ? Thing.of(kind, id)
                            : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** A thing that was written may have moved. */
    @Override
    public void changed(BoundOperation operation) {
        for (ContentKind kind : ContentKind.values()) {
            operation.resource(resourceOf(kind)).ifPresent(id -> changed(kind, id));
        }
    }

    /** Learns that a thing has changed, or is gone. */
    public void changed(ContentKind kind, String id) {
        Thing.of(kind, id).ifPresent(projects::changed);
    }

    /** Returns what the catalogue calls a thing of the kind that a request is about. */
    private static String resourceOf(ContentKind kind) {
        return switch (kind) {
            case PROJECT -> "project";
            case WORKBOOK -> "workbook";
            case VIEW -> "view";
            case CUSTOM_VIEW -> "customView";
            case DATASOURCE -> "datasource";
            case FLOW -> "flow";
            case VIRTUAL_CONNECTION -> "virtualConnection";
            case FLOW_RUN -> "flowRun";
            case JOB -> "job";
            case EXTRACT_TASK, FLOW_TASK -> "task";
            case SUBSCRIPTION -> "subscription";
            case DATA_ALERT -> "dataAlert";
        };
    }
}
