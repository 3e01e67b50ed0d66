package io.stagedoor.config.issuer;

import io.stagedoor.config.kind.Kind;
import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.kind.Parsed;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.SectionReader;
import io.stagedoor.config.section.Setting;
import io.stagedoor.config.text.Quoted;
import io.stagedoor.policy.principal.PrincipalId;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the list {@code issuers[].agents} of one issuer; sees that no application is listed twice. */
final class AgentReader implements SectionReader<AgentConfig> {

    private static final String EXAMPLE = "11111111-2222-4333-8444-555555555555";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._|@-]{0,254}");

    private final Set<String> applications = new HashSet<>();

    @Override
    public Optional<AgentConfig> read(Section in) {
        Setting<String> application = in.required("client_application", once());
        Setting<String> principal =
                in.required("principal", Kinds.text("an object id", EXAMPLE, ID));
        return in.build(() -> new AgentConfig(normal(application.value()), principal.value()));
    }

    /** Returns the kind of an application's id, as tokens name it. */
    static Kind<String> application() {
        return Kinds.text("an application id", EXAMPLE, ID);
    }

    private Kind<String> once() {
        return application()
                .refined(
                        (id, _) ->
                                applications.add(normal(id))
                                        ? Parsed.value(id)
                                        : Parsed.wrong(
                                                "the application "
                                                        + Quoted.of(id)
                                                        + " is listed before",
                                                "an agent is one principal: list it once"));
    }

    private static String normal(String id) {
        return PrincipalId.isGuid(id) ? id.toLowerCase(Locale.ROOT) : id;
    }
}
