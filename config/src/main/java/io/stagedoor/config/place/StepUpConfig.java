package io.stagedoor.config.place;

import io.stagedoor.config.kind.Kind;
import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.kind.Parsed;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import io.stagedoor.config.text.Quoted;
import io.stagedoor.policy.operation.Operation;
import io.stagedoor.policy.operation.OperationCatalogue;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How the user behind a request must have signed in (RFC 9470).
 *
 * @param acrValues the authentication contexts of which the token must state one, or empty for any
 * @param maxAuthAge how long ago the user may have signed in
 * @param operations the operations that need it, or empty for all
 */
public record StepUpConfig(
        Set<String> acrValues, Optional<Duration> maxAuthAge, Set<String> operations) {

    private static final Pattern CONTEXT = Pattern.compile("[A-Za-z0-9:._/-]{1,128}");
    private static final String TUNNEL = "tunnel:";

    /** Copies the sets, keeping their order. */
    public StepUpConfig {
        acrValues = Collections.unmodifiableSet(new LinkedHashSet<>(acrValues));
        operations = Collections.unmodifiableSet(new LinkedHashSet<>(operations));
    }

    /** Reads the section {@code workspaces[].step_up}. */
    static Optional<StepUpConfig> read(Section in) {
        Setting<Set<String>> contexts =
                in.optionalSet(
                        "acr_values",
                        Kinds.text("an authentication context", "c1", CONTEXT),
                        List.of());
        Setting<Optional<Duration>> age =
                in.optional(
                        "max_auth_age", Kinds.duration(Duration.ofMinutes(1), Duration.ofDays(30)));
        Setting<Set<String>> operations = in.optionalSet("operations", operation(), List.of());
        if (!in.has("acr_values") && !in.has("max_auth_age")) {
            in.refuse(
                    "acr_values",
                    "nothing is demanded",
                    "add `acr_values: [c1]` or `max_auth_age: 1h`, or remove the section");
        }
        return in.build(() -> new StepUpConfig(contexts.value(), age.value(), operations.value()));
    }

    private static Kind<String> operation() {
        List<String> known =
                OperationCatalogue.synapse().operations().stream().map(Operation::name).toList();
        return Kind.of(
                "an operation",
                "Pipeline_CreatePipelineRun",
                name ->
                        known.contains(name) || name.startsWith(TUNNEL)
                                ? Parsed.value(name)
                                : Parsed.wrong(
                                        Quoted.of(name) + " is no operation of the catalogue",
                                        "write its name as audit records show it"));
    }
}
