package io.stagedoor.config.service;

import io.stagedoor.config.kind.Kind;
import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.kind.NetKinds;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.SectionReader;
import io.stagedoor.config.section.Setting;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A kind of service, each with a list of its own in the main file. */
public enum PlaceKind {
    /** Synapse workspaces. */
    WORKSPACE("workspace", "/synapse/ws1", "ws1.dev.synapse.proxy.example") {
        @Override
        Setting<Place> read(Section in) {
            return in.required(
                            "name",
                            in.reading()
                                    .unique("service name", azureName("a workspace", 50, "ws1")))
                    .map(Place.Workspace::new);
        }
    },
    /** Data factories, which share the host of Azure Resource Manager. */
    FACTORY("factory", "/arm", "management.proxy.example") {
        @Override
        Setting<Place> read(Section in) {
            Setting<String> name =
                    in.required(
                            "name",
                            in.reading()
                                    .unique("service name", azureName("a factory", 63, "adf1")));
            Setting<String> subscription = in.required("subscription", Kinds.guid());
            Setting<String> group = in.required("resource_group", groupName());
            return in.combine(
                    () -> new Place.Factory(name.value(), subscription.value(), group.value()),
                    List.of(name, subscription, group));
        }
    },
    /** Tableau sites. */
    SITE("site", "/tableau/s1", "tableau.proxy.example") {
        @Override
        Setting<Place> read(Section in) {
            Kind<String> kind =
                    Kinds.text(
                            "a site name (1 to 100 of `A-Z`, `a-z`, `0-9`, `_` and `-`)",
                            "marketing",
                            Pattern.compile("[A-Za-z0-9_-]{1,100}"));
            Setting<String> name = in.required("name", in.reading().unique("service name", kind));
            Setting<Optional<String>> contentUrl = in.optional("content_url", contentUrl());
            Setting<String> version = in.optional("api_version", apiVersion(), "3.22");
            return in.combine(
                    () ->
                            new Place.Site(
                                    name.value(),
                                    contentUrl.value().orElse(name.value()),
                                    version.value()),
                    List.of(name, contentUrl, version));
        }
    };

    private final String noun;
    private final String prefix;
    private final String host;

    PlaceKind(String noun, String prefix, String host) {
        this.noun = noun;
        this.prefix = prefix;
        this.host = host;
    }

    /** Reads which service an entry is. */
    abstract Setting<Place> read(Section in);

    private static Kind<String> contentUrl() {
        return Kinds.text(
                "a content URL (`A-Z`, `a-z`, `0-9`, `_` and `-`; empty for the default site)",
                "marketing",
                Pattern.compile("[A-Za-z0-9_-]{0,100}"));
    }

    private static Kind<String> apiVersion() {
        return Kinds.text(
                "a version of the REST API", "3.22", Pattern.compile("[0-9]{1,2}\\.[0-9]{1,3}"));
    }

    /** Returns the kinds of credentials that one of them can be entered with. */
    Map<String, SectionReader<CredentialConfig>> credentials() {
        return this == SITE ? TableauCredentialConfig.choices() : CredentialConfig.choices();
    }

    /** Returns what one of them is called. */
    String noun() {
        return noun;
    }

    /** Returns a line that would lead to one of them. */
    String leadingLine() {
        return "add `hosts: [" + host + "]`, or `path_prefix: " + prefix + "`";
    }

    /** Returns whether several of them are served under one name, told apart by their paths. */
    boolean sharesNames() {
        return this == FACTORY;
    }

    /** Returns whether definitions tell what a run there uses. */
    boolean hasDefinitions() {
        return this != SITE;
    }

    /** Returns whether the proxy can read their role assignments from themselves. */
    boolean hasLiveAssignments() {
        return this == WORKSPACE;
    }

    /** Returns what the upstream is called in the audience of tokens for it, where that is known. */
    List<String> audiences(Cloud cloud) {
        return switch (this) {
            case WORKSPACE -> cloud.workspaceAudiences();
            case FACTORY -> cloud.managementAudiences();
            case SITE -> List.of();
        };
    }

    /** Reads the upstream's address, which follows from the cloud where that is known. */
    Setting<URI> upstream(Section in, Setting<Cloud> cloud, String name) {
        if (this == SITE) {
            return in.required("uri", NetKinds.origin("https://tableau.example"));
        }
        Setting<Optional<URI>> uri =
                in.optional("uri", NetKinds.origin("https://ws1.dev.azuresynapse.net"));
        return in.combine(
                () -> uri.value().orElseGet(() -> usual(cloud.value(), name)), List.of(cloud, uri));
    }

    private URI usual(Cloud cloud, String name) {
        return this == WORKSPACE ? cloud.workspace(name) : cloud.management();
    }

    /** No group's name ends with a dot. */
    private static Kind<String> groupName() {
        return Kinds.text(
                "a resource group (1 to 90 letters, digits, `_`, `-`, `.`, `(` and `)`)",
                "rg-data",
                Pattern.compile("[\\p{L}\\p{N}_().-]{0,89}[\\p{L}\\p{N}_()-]"));
    }

    private static Kind<String> azureName(String noun, int longest, String example) {
        return Kinds.text(
                noun + " name (1 to " + longest + " of `a-z`, `0-9` and `-`)",
                example,
                Pattern.compile("[a-z0-9-]{1," + longest + "}"));
    }
}
