package io.stagedoor.config.workspace;

import io.stagedoor.config.kind.Kind;
import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.kind.NetKinds;
import io.stagedoor.config.kind.Parsed;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.SectionReader;
import io.stagedoor.config.section.Setting;
import io.stagedoor.config.text.Position;
import io.stagedoor.config.text.Quoted;
import java.net.URI;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads the list {@code workspaces}; sees what must differ from workspace to workspace. */
public final class WorkspaceReader implements SectionReader<WorkspaceConfig> {

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,50}");

    private final Predicate<String> isAcceptedAudience;
    private final boolean hasAccessFile;
    private final Map<String, Position> prefixes = new LinkedHashMap<>();
    private final Map<String, KnownWorkspaces.Known> known = new HashMap<>();
    private final Map<URI, Position> upstreams = new HashMap<>();
    private final Set<String> upstreamHosts = new HashSet<>();
    private final Set<String> hostNames = new HashSet<>();
    private boolean allNamesKnown = true;

    /**
     * Makes a reader.
     *
     * @param isAcceptedAudience whether some issuer accepts an audience
     * @param hasAccessFile whether the configuration names an access file
     */
    public WorkspaceReader(Predicate<String> isAcceptedAudience, boolean hasAccessFile) {
        this.isAcceptedAudience = isAcceptedAudience;
        this.hasAccessFile = hasAccessFile;
    }

    /** Returns the workspaces read so far, as far as they could be read. */
    public KnownWorkspaces known() {
        return new KnownWorkspaces(known, allNamesKnown);
    }

    @Override
    public Optional<WorkspaceConfig> read(Section in) {
        Setting<String> name = in.required("name", in.reading().unique("workspace name", name()));
        Setting<String> tenant = in.required("tenant", Kinds.guid());
        Setting<Set<String>> hosts =
                in.optionalSet(
                        "hosts", in.reading().unique("host name", NetKinds.host()), List.of());
        Setting<Optional<String>> prefix = in.optional("path_prefix", prefix());
        if (!in.has("hosts") && !in.has("path_prefix")) {
            in.refuse(
                    "name",
                    "nothing leads to this workspace",
                    "add `hosts: [ws1.dev.synapse.proxy.example]`, or `path_prefix: /synapse/ws1`");
        }
        Setting<UpstreamConfig> upstream =
                in.section("upstream", UpstreamConfig.readerFor(nameOrUnknown(name)));
        Setting<CredentialConfig> credential = in.oneOf("credential", CredentialConfig.choices());
        PassThroughRule passThrough = new PassThroughRule(isAcceptedAudience);
        Setting<EntranceConfig> entrance =
                passThrough.narrowed(in, entrance(in), credential, upstream);
        Setting<AssignmentsConfig> assignments =
                in.section("assignments", each -> AssignmentsConfig.read(each, hasAccessFile));
        passThrough.requireOwn(in, credential, assignments);
        remember(name, tenant, assignments);
        if (name.isGood() && upstream.isGood()) {
            refuseSharedUpstream(in, upstream.value().uri(), hosts);
        }
        return in.build(
                () ->
                        new WorkspaceConfig(
                                name.value(),
                                tenant.value(),
                                hosts.value(),
                                prefix.value(),
                                upstream.value(),
                                credential.value(),
                                entrance.value(),
                                assignments.value()));
    }

    private Setting<EntranceConfig> entrance(Section in) {
        Setting<Set<String>> audiences = in.optionalSet("audiences", audience(), List.of());
        Setting<CallersConfig> callers = in.section("callers", CallersConfig::read);
        Setting<Optional<StepUpConfig>> stepUp = in.optionalSection("step_up", StepUpConfig::read);
        return in.combine(
                () -> new EntranceConfig(audiences.value(), callers.value(), stepUp.value()),
                List.of(audiences, callers, stepUp));
    }

    /** The workspace is refused without its name, so nobody sees the address made of this. */
    private static String nameOrUnknown(Setting<String> name) {
        return name.isGood() ? name.value() : "unknown";
    }

    private void remember(
            Setting<String> name, Setting<String> tenant, Setting<AssignmentsConfig> assignments) {
        if (name.isGood()) {
            Optional<String> id = tenant.isGood() ? Optional.of(tenant.value()) : Optional.empty();
            boolean counts = !assignments.isGood() || assignments.value().from().isDeclared();
            known.put(name.value(), new KnownWorkspaces.Known(id, counts));
        } else {
            allNamesKnown = false;
        }
    }

    /** An answer that names an upstream could not be rewritten if two workspaces shared it. */
    private void refuseSharedUpstream(Section in, URI uri, Setting<Set<String>> hosts) {
        Position first = upstreams.putIfAbsent(uri, in.positionOf("upstream"));
        if (first != null) {
            in.refuse(
                    "upstream",
                    "another workspace goes to " + Quoted.of(uri.toString()) + ", at " + first,
                    "give each workspace its own upstream");
        }
        upstreamHosts.add(uri.getHost());
        if (hosts.isGood()) {
            hostNames.addAll(hosts.value());
        }
        if (!Collections.disjoint(upstreamHosts, hostNames)) {
            in.refuse(
                    in.has("hosts") ? "hosts" : "upstream",
                    "a host name is also that of an upstream: the proxy would call itself",
                    "give the proxy names of its own");
            upstreamHosts.removeAll(hostNames);
        }
    }

    private static Kind<String> name() {
        return Kinds.text("a workspace name (1 to 50 of `a-z`, `0-9` and `-`)", "ws1", NAME);
    }

    private Kind<String> audience() {
        return NetKinds.audience()
                .refined(
                        (audience, _) ->
                                isAcceptedAudience.test(audience)
                                        ? Parsed.value(audience)
                                        : Parsed.wrong(
                                                "no issuer accepts the audience "
                                                        + Quoted.of(audience),
                                                "add it to the `audiences` of an issuer first: here they"
                                                        + " can only be narrowed"));
    }

    private Kind<String> prefix() {
        return NetKinds.pathPrefix()
                .refined(
                        (prefix, scalar) -> {
                            Optional<String> clash =
                                    prefixes.keySet().stream()
                                            .filter(other -> overlap(prefix, other))
                                            .findFirst();
                            prefixes.putIfAbsent(prefix, scalar.position());
                            return clash.<Parsed<String>>map(other -> clash(prefix, other))
                                    .orElseGet(() -> Parsed.value(prefix));
                        });
    }

    private Parsed<String> clash(String prefix, String other) {
        return Parsed.wrong(
                "the path prefix "
                        + Quoted.of(prefix)
                        + " overlaps with "
                        + Quoted.of(other)
                        + " at "
                        + prefixes.get(other),
                "give each workspace a prefix that does not start with another's");
    }

    private static boolean overlap(String left, String right) {
        String one = left.toLowerCase(Locale.ROOT) + "/";
        String two = right.toLowerCase(Locale.ROOT) + "/";
        return one.startsWith(two) || two.startsWith(one);
    }
}
