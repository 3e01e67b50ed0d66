package io.stagedoor.config.access;

import io.stagedoor.config.kind.Kind;
import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.SectionReader;
import io.stagedoor.config.section.Setting;
import io.stagedoor.policy.decision.Guardrail;
import io.stagedoor.policy.decision.ResourceKind;
import io.stagedoor.policy.decision.RunRule;
import io.stagedoor.policy.principal.PrincipalId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the list {@code guardrails} of an access file. */
final class GuardrailReader implements SectionReader<Guardrail> {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}");
    private static final Pattern APPLICATION =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._|@-]{0,254}");
    private static final Pattern RESOURCE = Pattern.compile("[^/\\p{Cntrl}]{1,260}");

    private final Tenants tenants;

    GuardrailReader(Tenants tenants) {
        this.tenants = tenants;
    }

    /** Whom a guardrail applies to. */
    private record Subjects(
            Set<PrincipalId> principals, Set<PrincipalId> groups, Set<String> applications) {}

    /** What a guardrail leaves. */
    private record Allowance(boolean read, List<RunRule> run) {}

    @Override
    public Optional<Guardrail> read(Section in) {
        Kind<String> name =
                Kinds.text(
                        "a name (1 to 64 letters, digits, spaces and `.`, `_`, `-`)",
                        "nightly-agent",
                        NAME);
        Setting<String> unique = in.required("name", in.reading().unique("guardrail name", name));
        Setting<Subjects> subjects = in.requiredSection("applies_to", this::subjects);
        Setting<Allowance> may = in.requiredSection("may", GuardrailReader::allowance);
        return in.build(
                () ->
                        new Guardrail(
                                unique.value(),
                                subjects.value().principals(),
                                subjects.value().applications(),
                                may.value().read(),
                                may.value().run(),
                                subjects.value().groups()));
    }

    private Optional<Subjects> subjects(Section in) {
        Setting<String> tenant =
                in.has("principals") || in.has("groups") || in.has("tenant")
                        ? tenants.read(in)
                        : tenants.unneeded(in);
        Kind<String> id = Tenants.objectId(tenant);
        Setting<Set<String>> principals = in.optionalSet("principals", id, List.of());
        Setting<Set<String>> groups = in.optionalSet("groups", id, List.of());
        Setting<Set<String>> applications =
                in.optionalSet(
                        "client_applications",
                        Kinds.text("an application id", Kinds.guid().example(), APPLICATION),
                        List.of());
        if (!in.has("principals") && !in.has("groups") && !in.has("client_applications")) {
            in.refuse(
                    "principals",
                    "the guardrail applies to nobody",
                    "add `principals`, `groups` or `client_applications`");
        }
        return in.build(
                () ->
                        new Subjects(
                                Tenants.principals(tenant, principals),
                                Tenants.principals(tenant, groups),
                                applications.value()));
    }

    private static Optional<Allowance> allowance(Section in) {
        Setting<Boolean> read = in.optional("read", Kinds.flag(), false);
        Setting<List<RunRule>> run = in.section("run", GuardrailReader::rules);
        return in.build(() -> new Allowance(read.value(), run.value()));
    }

    private static Optional<List<RunRule>> rules(Section in) {
        Kind<String> name = Kinds.text("the name of a thing to run", "nightly", RESOURCE);
        List<RunRule> rules = new ArrayList<>();
        for (ResourceKind kind : ResourceKind.values()) {
            Setting<Set<String>> names = in.optionalSet(kind.resource() + "s", name, List.of());
            if (names.isGood() && !names.value().isEmpty()) {
                rules.add(new RunRule(kind, names.value()));
            }
        }
        return in.build(() -> List.copyOf(rules));
    }
}
