package io.stagedoor.proxy;

import io.stagedoor.proxy.admin.resource.EventSink;
import io.stagedoor.proxy.admin.resource.RefreshListing;
import io.stagedoor.proxy.admin.resource.Rotating;
import io.stagedoor.proxy.refresh.book.GuardedSites.Guarded;
import io.stagedoor.proxy.refresh.book.RefreshEntry;
import io.stagedoor.proxy.refresh.book.SiteRefreshes;
import io.stagedoor.proxy.refresh.book.TableauEvents;
import io.stagedoor.proxy.rotation.ConnectionRotation;
import io.stagedoor.proxy.rotation.RotationOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What operators, and the sites themselves, have to do with the proxy's work at sites.
 *
 * @param current the sites of the configuration in use, by name
 * @param clock tells the time
 */
record SiteOperations(Supplier<Map<String, SiteParts>> current, InstantSource clock)
        implements RefreshListing, Rotating, EventSink {

    @Override
    public List<RefreshListing.Site> sites() {
        return current.get().values().stream()
                .flatMap(each -> each.guarded().stream())
                .map(Guarded::refreshes)
                .map(this::site)
                .toList();
    }

    private RefreshListing.Site site(SiteRefreshes site) {
        return new RefreshListing.Site(
                site.site(),
                site.heldInAll(),
                site.passedInAll(),
                site.warningFailures(),
                site.book().entries().stream().map(entry -> row(site, entry)).toList());
    }

    private Row row(SiteRefreshes site, RefreshEntry entry) {
        Instant now = clock.instant();
        return new Row(
                entry.content().kind().word(),
                entry.content().luid(),
                new Times(
                        entry.lastSuccess(),
                        entry.lastFailure(),
                        entry.lastStarted(),
                        entry.lastHeld().map(RefreshEntry.Hold::at)),
                entry.heldSince(),
                entry.heldInAll(),
                entry.lastHeld()
                        .map(hold -> hold.by().check() + ": " + hold.by().finding().value()),
                new Freshness(
                        entry.age(now).map(Duration::toSeconds),
                        site.freshness(entry.content()).map(Duration::toSeconds)));
    }

    @Override
    public Optional<Round> rotate(Order order) {
        return Optional.ofNullable(current.get().get(order.site()))
                .flatMap(SiteParts::rotation)
                .map(rotation -> rotate(rotation, order));
    }

    private static Round rotate(ConnectionRotation rotation, Order order) {
        return rotation.rotate(
                        ConnectionRotation.Round.asked(
                                order.operator(), order.dryRun(), order.all()))
                .map(
                        outcomes ->
                                new Round(
                                        false,
                                        outcomes.stream().map(SiteOperations::rotated).toList()))
                .orElseGet(() -> new Round(true, List.of()));
    }

    private static Rotated rotated(RotationOutcome outcome) {
        return new Rotated(
                outcome.content(),
                outcome.connection(),
                outcome.result().name().toLowerCase(Locale.ROOT),
                outcome.detail());
    }

    @Override
    public Taken take(String site, String secret, byte[] document) {
        Optional<TableauEvents> events =
                Optional.ofNullable(current.get().get(site)).flatMap(SiteParts::events);
        if (events.isEmpty()) {
            return Taken.STRANGER;
        }
        return switch (events.get().take(secret, document)) {
            case TAKEN -> Taken.YES;
            case STRANGER -> Taken.STRANGER;
            case MALFORMED -> Taken.MALFORMED;
            case TOO_MANY -> Taken.TOO_MANY;
        };
    }
}
