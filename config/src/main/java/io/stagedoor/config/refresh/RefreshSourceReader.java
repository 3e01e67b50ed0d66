package io.stagedoor.config.refresh;

import io.stagedoor.config.kind.Kind;
import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.kind.Parsed;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.SectionReader;
import io.stagedoor.config.section.Setting;
import io.stagedoor.config.text.Quoted;
import io.stagedoor.policy.principal.PrincipalId;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the list {@code refresh_guard.sources} of one site; sees what must differ within it. */
final class RefreshSourceReader implements SectionReader<RefreshSourceConfig> {

    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,48}[a-z0-9])?");

    private final Set<String> names = new HashSet<>();

    @Override
    public Optional<RefreshSourceConfig> read(Section in) {
        Setting<String> name = in.required("name", name());
        Setting<Set<String>> content =
                in.optionalSet("content", content(), List.of(RefreshSourceConfig.ALL));
        Setting<Optional<Duration>> freshness =
                in.optional(
                        "freshness", Kinds.duration(Duration.ofMinutes(1), Duration.ofDays(90)));
        Setting<List<SourceCheckConfig>> checks = in.sections("checks", SourceCheckConfig::read, 1);
        return in.build(
                () ->
                        new RefreshSourceConfig(
                                name.value(), content.value(), freshness.value(), checks.value()));
    }

    private Kind<String> name() {
        return Kinds.text("a source name (1 to 50 of `a-z`, `0-9` and `-`)", "warehouse", NAME)
                .refined(
                        (name, _) ->
                                names.add(name)
                                        ? Parsed.value(name)
                                        : Parsed.wrong(
                                                "another source of this site is called "
                                                        + Quoted.of(name),
                                                "give each its own name"));
    }

    private static Kind<String> content() {
        Kind<String> named =
                Kind.of(
                        "the LUID of content or of a project, or `*`",
                        "11111111-2222-4333-8444-555555555555",
                        Parsed::value);
        return named.refined(
                (text, _) ->
                        text.equals(RefreshSourceConfig.ALL) || PrincipalId.isGuid(text)
                                ? Parsed.value(text.toLowerCase(Locale.ROOT))
                                : named.mismatch(text));
    }
}
