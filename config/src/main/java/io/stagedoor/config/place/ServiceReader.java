package io.stagedoor.config.place;

import io.stagedoor.config.kind.Kind;
import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.kind.NetKinds;
import io.stagedoor.config.kind.Parsed;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.SectionReader;
import io.stagedoor.config.section.Setting;
import io.stagedoor.config.text.Quoted;
import io.stagedoor.policy.scope.Scope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Reads the lists {@code workspaces}, {@code factories} and {@code sites}; sees what must differ from
 * service to service. Serves one load.
 */
public final class ServiceReader {

    private final Predicate<String> isAcceptedAudience;
    private final boolean hasAccessFile;
    private final ServiceNames names = new ServiceNames();
    private final Map<Scope, KnownServices.Known> known = new HashMap<>();
    private boolean allNamesKnown = true;

    /**
     * Makes a reader.
     *
     * @param isAcceptedAudience whether some issuer accepts an audience
     * @param hasAccessFile whether the configuration names an access file
     */
    public ServiceReader(Predicate<String> isAcceptedAudience, boolean hasAccessFile) {
        this.isAcceptedAudience = isAcceptedAudience;
        this.hasAccessFile = hasAccessFile;
    }

    /** Returns the services read so far, as far as they could be read. */
    public KnownServices known() {
        return new KnownServices(known, allNamesKnown);
    }

    /** Returns the reader of one list. */
    public SectionReader<ServiceConfig> of(PlaceKind kind) {
        return in -> read(in, kind);
    }

    private Optional<ServiceConfig> read(Section in, PlaceKind kind) {
        Setting<Place> place = kind.read(in);
        Setting<String> tenant = in.required("tenant", Kinds.guid());
        Setting<Set<String>> hosts = in.optionalSet("hosts", names.host(kind), List.of());
        Setting<Optional<String>> prefix = in.optional("path_prefix", names.prefix(kind));
        if (!in.has("hosts") && !in.has("path_prefix")) {
            in.refuse("name", "nothing leads to this " + kind.noun(), kind.leadingLine());
        }
        Setting<UpstreamConfig> upstream =
                in.section("upstream", UpstreamConfig.readerFor(kind, nameOrUnknown(place)));
        Setting<CredentialConfig> credential = in.oneOf("credential", kind.credentials());
        PassThroughRule passThrough = new PassThroughRule(kind, isAcceptedAudience);
        Setting<EntranceConfig> entrance =
                passThrough.narrowed(in, entrance(in, kind), credential, upstream);
        Setting<AssignmentsConfig> assignments =
                in.section(
                        "assignments", each -> AssignmentsConfig.read(each, kind, hasAccessFile));
        passThrough.requireOwn(in, credential, assignments);
        remember(place, tenant, assignments);
        if (place.isGood() && upstream.isGood()) {
            names.refuseSecond(in, place.value());
            names.refuseSharedUpstream(in, kind, upstream.value(), hosts);
        }
        return in.build(
                () ->
                        new ServiceConfig(
                                place.value(),
                                tenant.value(),
                                hosts.value(),
                                prefix.value(),
                                upstream.value(),
                                credential.value(),
                                entrance.value(),
                                assignments.value()));
    }

    private Setting<EntranceConfig> entrance(Section in, PlaceKind kind) {
        Setting<Set<String>> audiences = in.optionalSet("audiences", audience(), List.of());
        Setting<CallersConfig> callers = in.section("callers", CallersConfig::read);
        Setting<Optional<StepUpConfig>> stepUp = in.optionalSection("step_up", StepUpConfig::read);
        Setting<RunMode> runs = runs(in, kind);
        Setting<Boolean> follows = follows(in, kind);
        Setting<ListMode> lists =
                in.optional("lists", Kinds.choice(ListMode.class), ListMode.WHOLE);
        return in.combine(
                () ->
                        new EntranceConfig(
                                audiences.value(),
                                callers.value(),
                                stepUp.value(),
                                runs.value(),
                                follows.value(),
                                lists.value()),
                List.of(audiences, callers, stepUp, runs, follows, lists));
    }

    private static Setting<Boolean> follows(Section in, PlaceKind kind) {
        return in.check(
                "follow_runs",
                in.optional("follow_runs", Kinds.flag(), false),
                follows -> kind.hasDefinitions() || !follows,
                "a " + kind.noun() + " has no pipeline runs",
                "leave it out");
    }

    private static Setting<RunMode> runs(Section in, PlaceKind kind) {
        return in.check(
                "runs",
                in.optional("runs", Kinds.choice(RunMode.class), RunMode.PLAIN),
                mode -> kind.hasDefinitions() || mode == RunMode.PLAIN,
                "what runs on a " + kind.noun() + " has no definition that could be followed",
                "leave it out");
    }

    /** The service is refused without its name, so nobody sees the address made of this. */
    private static String nameOrUnknown(Setting<Place> place) {
        return place.isGood() ? place.value().name() : "unknown";
    }

    private void remember(
            Setting<Place> place, Setting<String> tenant, Setting<AssignmentsConfig> assignments) {
        if (place.isGood()) {
            Optional<String> id = tenant.isGood() ? Optional.of(tenant.value()) : Optional.empty();
            boolean counts = !assignments.isGood() || assignments.value().from().isDeclared();
            known.put(place.value().root(), new KnownServices.Known(id, counts));
        } else {
            allNamesKnown = false;
        }
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
}
