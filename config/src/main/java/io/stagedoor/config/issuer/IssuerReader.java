package io.stagedoor.config.issuer;

import io.stagedoor.config.kind.Kind;
import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.kind.NetKinds;
import io.stagedoor.config.kind.Parsed;
import io.stagedoor.config.section.Reading;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.SectionReader;
import io.stagedoor.config.section.Setting;
import io.stagedoor.config.text.Quoted;
import io.stagedoor.policy.principal.PrincipalId;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the list {@code issuers}; sees what must differ from issuer to issuer. */
public final class IssuerReader implements SectionReader<IssuerConfig> {

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,50}");
    private static final Set<String> SHARED_TENANTS =
            Set.of("common", "organizations", "consumers");
    private static final Pattern DIRECTORY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._|@-]{0,254}");
    private static final String EXAMPLE =
            "https://login.microsoftonline.com/11111111-2222-4333-8444-555555555555/v2.0";

    private final List<String> audiences = new ArrayList<>();
    private boolean allAudiencesKnown = true;
    private boolean asked;

    /** Returns whether some issuer accepts the audience, or may: if one could not be read. */
    public boolean mayAccept(String audience) {
        return !allAudiencesKnown || audiences.contains(audience);
    }

    @Override
    public Optional<IssuerConfig> read(Section in) {
        Reading reading = in.reading();
        Setting<String> name =
                in.required(
                        "name",
                        reading.unique(
                                "issuer name",
                                Kinds.text(
                                        "a name (1 to 50 of `a-z`, `0-9` and `-`)",
                                        "entra",
                                        NAME)));
        Setting<URI> issuer = in.required("issuer", reading.unique("issuer", issuer()));
        Setting<Set<String>> accepted = in.requiredSet("audiences", NetKinds.audience());
        remember(accepted);
        Setting<TokenConfig> tokens = TokenConfig.read(in, accepted);
        Setting<TenantRule> tenant = tenant(in, issuer);
        Setting<ClaimMap> claims = in.section("claims", ClaimMap::read);
        Setting<KeySetConfig> keys = in.section("keys", KeySetConfig::read);
        Setting<List<AgentConfig>> agents = in.sections("agents", new AgentReader(), 0);
        Setting<Optional<IntrospectionConfig>> introspection = introspection(in);
        return in.build(
                () ->
                        new IssuerConfig(
                                name.value(),
                                issuer.value(),
                                tokens.value(),
                                tenant.value(),
                                claims.value(),
                                keys.value(),
                                agents.value(),
                                introspection.value()));
    }

    /** An opaque token names no issuer, so there is one at most that can be asked about it. */
    private Setting<Optional<IntrospectionConfig>> introspection(Section in) {
        Setting<Optional<IntrospectionConfig>> introspection =
                in.optionalSection("introspection", IntrospectionConfig::read);
        if (in.has("introspection") && asked) {
            return in.refuse(
                    "introspection",
                    "another issuer is asked about opaque tokens, and they do not say whose they are",
                    "leave this section to one issuer");
        }
        asked |= in.has("introspection");
        return introspection;
    }

    private void remember(Setting<Set<String>> accepted) {
        if (accepted.isGood()) {
            audiences.addAll(accepted.value());
        } else {
            allAudiencesKnown = false;
        }
    }

    private static Setting<TenantRule> tenant(Section in, Setting<URI> issuer) {
        Setting<Set<String>> listed = in.optionalSet("tenants", Kinds.guid(), List.of());
        Setting<String> claim = in.optional("tenant_claim", ClaimMap.claim(), "tid");
        Setting<Optional<String>> fixed = in.optional("fixed_tenant", directory());
        if (in.has("fixed_tenant")) {
            boolean mixed = in.has("tenants") || in.has("tenant_claim");
            return mixed
                    ? in.refuse(
                            "fixed_tenant",
                            "a fixed tenant leaves no room for `tenants` or `tenant_claim`",
                            "keep `fixed_tenant` if no claim names the tenant, else remove it")
                    : fixed.map(tenant -> new TenantRule.Fixed(tenant.orElseThrow()));
        }
        if (!listed.isGood() || !issuer.isGood() || !claim.isGood()) {
            return new Setting.Refused<>();
        }
        Set<String> allowed = listed.value().isEmpty() ? named(issuer.value()) : listed.value();
        return allowed.isEmpty()
                ? in.refuse(
                        "issuer",
                        "neither this URI nor a key names the tenants it may speak for",
                        "add `tenants: [<GUID>]`, or `fixed_tenant: <name>` if no claim names one")
                : listed.map(_ -> new TenantRule.FromClaim(claim.value(), allowed));
    }

    /** An Entra issuer stands for the one tenant that its URI names. */
    private static Set<String> named(URI issuer) {
        return Arrays.stream(issuer.getRawPath().split("/", -1))
                .filter(PrincipalId::isGuid)
                .map(guid -> guid.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Kind<URI> issuer() {
        return NetKinds.httpsUri(EXAMPLE)
                .refined(
                        (uri, scalar) ->
                                Arrays.stream(uri.getRawPath().split("/", -1))
                                                .anyMatch(SHARED_TENANTS::contains)
                                        ? Parsed.wrong(
                                                Quoted.of(scalar.text())
                                                        + " is an endpoint for all tenants; no"
                                                        + " token names it as its issuer",
                                                "write the tenant's GUID in its place")
                                        : Parsed.value(uri));
    }

    private static Kind<String> directory() {
        return Kinds.text("the name of a directory", "okta", DIRECTORY);
    }
}
