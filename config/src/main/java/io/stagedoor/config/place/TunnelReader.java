package io.stagedoor.config.place;

import io.stagedoor.config.kind.Kind;
import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.kind.Parsed;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.SectionReader;
import io.stagedoor.config.section.Setting;
import io.stagedoor.config.text.Quoted;
import io.stagedoor.policy.operation.PathTemplate;
import io.stagedoor.policy.role.Action;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the list {@code upstream.tunnels} of one workspace; sees what must differ within it. */
final class TunnelReader implements SectionReader<TunnelConfig> {

    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,48}[a-z0-9])?");
    private static final String PROVIDER = "Microsoft.Synapse/";

    private final Set<String> names = new HashSet<>();
    private final Set<String> shapes = new HashSet<>();

    @Override
    public Optional<TunnelConfig> read(Section in) {
        Setting<String> name = in.required("name", name());
        Setting<PathTemplate> path = in.required("path", path());
        Setting<Action> requires = in.required("requires", action());
        Setting<Duration> lifetime =
                in.optional(
                        "max_lifetime",
                        Kinds.duration(Duration.ofSeconds(1), Duration.ofDays(7)),
                        Duration.ofHours(12));
        return in.build(
                () ->
                        new TunnelConfig(
                                name.value(), path.value(), requires.value(), lifetime.value()));
    }

    private Kind<String> name() {
        return Kinds.text("a tunnel name (1 to 50 of `a-z`, `0-9` and `-`)", "debug-session", NAME)
                .refined(
                        (name, _) ->
                                names.add(name)
                                        ? Parsed.value(name)
                                        : Parsed.wrong(
                                                "another tunnel of this workspace is called "
                                                        + Quoted.of(name),
                                                "give each its own name"));
    }

    private Kind<PathTemplate> path() {
        Kind<String> named =
                Kind.of("a path template", "/sessions/{sessionId}/socket", Parsed::value);
        return new Kind<>(
                named.expected(),
                named.example(),
                scalar -> template(scalar.text(), named),
                PathTemplate::toString);
    }

    private Parsed<PathTemplate> template(String text, Kind<String> named) {
        PathTemplate template;
        try {
            template = PathTemplate.parse(text);
        } catch (IllegalArgumentException _) {
            return named.mismatch(text);
        }
        if (template.condition().isPresent()) {
            return Parsed.wrong(Quoted.of(text) + " has a query", "write the path alone");
        }
        return shapes.add(template.shape())
                ? Parsed.value(template)
                : Parsed.wrong(
                        "another tunnel of this workspace has the same paths as " + Quoted.of(text),
                        "give each its own path");
    }

    private static Kind<Action> action() {
        Kind<String> named = Kind.of("an action of Synapse RBAC", "workspaces/read", Parsed::value);
        return new Kind<>(
                named.expected(),
                named.example(),
                scalar ->
                        Action.find(scalar.text())
                                .or(() -> Action.find(PROVIDER + scalar.text()))
                                .map(Parsed::value)
                                .orElseGet(() -> named.mismatch(scalar.text())),
                Action::name);
    }
}
