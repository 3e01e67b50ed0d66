package io.stagedoor.config;

import io.stagedoor.config.place.Place;
import io.stagedoor.config.place.ServiceConfig;
import io.stagedoor.config.refresh.RefreshSourceConfig;
import io.stagedoor.config.refresh.SourceCheckConfig;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import io.stagedoor.config.text.Quoted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the checks of refresh guards ask must be a service that is configured, and of a fitting kind. */
final class RefreshServices {

    private RefreshServices() {}

    static void check(Section in, Setting<List<ServiceConfig>> services) {
        if (!services.isGood()) {
            return;
        }
        Map<String, Place> places = new HashMap<>();
        services.value().forEach(each -> places.put(each.name(), each.place()));
        for (Place place : places.values()) {
            if (place instanceof Place.Site site) {
                site.work().refreshGuard().stream()
                        .flatMap(guard -> guard.sources().stream())
                        .forEach(source -> check(in, site.name(), source, places));
            }
        }
    }

    private static void check(
            Section in, String site, RefreshSourceConfig source, Map<String, Place> places) {
        for (SourceCheckConfig check : source.checks()) {
            Optional<String> asked = check.asked();
            if (asked.isPresent() && !fits(check, Optional.ofNullable(places.get(asked.get())))) {
                in.refuse(
                        "sites",
                        "site "
                                + Quoted.of(site)
                                + ", source "
                                + Quoted.of(source.name())
                                + ": "
                                + Quoted.of(asked.get())
                                + " is no configured "
                                + kindFor(check),
                        "write the `name` of one of the configured services");
            }
        }
    }

    private static boolean fits(SourceCheckConfig check, Optional<Place> place) {
        return place.filter(
                        found ->
                                switch (check) {
                                    case SourceCheckConfig.Pipeline _ ->
                                            !(found instanceof Place.Site);
                                    case SourceCheckConfig.SqlPool _ ->
                                            found instanceof Place.Workspace;
                                    case SourceCheckConfig.Circuit _, SourceCheckConfig.Url _ ->
                                            true;
                                })
                .isPresent();
    }

    private static String kindFor(SourceCheckConfig check) {
        return switch (check) {
            case SourceCheckConfig.Pipeline _ -> "workspace or factory";
            case SourceCheckConfig.SqlPool _ -> "workspace";
            case SourceCheckConfig.Circuit _, SourceCheckConfig.Url _ -> "service";
        };
    }
}
