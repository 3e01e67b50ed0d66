package io.stagedoor.proxy.directory.ownership;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.stagedoor.policy.operation.Ownership;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Binds ids to the principals that made them (S59, S61).
 *
 * <p>Ids that the platform gives belong to whoever received them last, since Livy counts from zero
 * again when a pool is made anew. Ids that the client chooses belong to whoever used them first. An
 * id that is not bound has no owner: what only owners may do is then refused to everybody.
 *
 * <p>Bindings live in memory, at most {@link #DEFAULT_CAPACITY} of them by default and none longer
 * than {@link #KEPT_UNUSED} after its last use; {@link #restore} brings them back from the audit
 * trail when the proxy starts. Nothing here waits, and every method may be called from any thread;
 * of two claims of one id at the same time exactly one is first.
 */
public final class OwnershipRegistry {

    /** How many bindings are kept unless configured otherwise: about 60 MB at the very most. */
    public static final int DEFAULT_CAPACITY = 200_000;

    /** How long a binding that nobody uses is kept. */
    public static final Duration KEPT_UNUSED = Duration.ofDays(30);

    /**
     * Who an id belongs to.
     *
     * @param isConfirmed whether it was used again since, so that giving up the first use does not
     *     give up the id
     */
    private record Binding(PrincipalId owner, Instant since, boolean isConfirmed) {

        static Binding first(PrincipalId owner, Instant since) {
            return new Binding(owner, since, false);
        }

        Binding usedAgainBy(PrincipalId principal) {
            return owner.equals(principal) ? new Binding(owner, since, true) : this;
        }
    }

    private final Cache<OwnedId, Binding> bindings;
    private final InstantSource clock;

    /** Makes an empty registry of the default capacity. */
    public OwnershipRegistry(InstantSource clock) {
        this(clock, DEFAULT_CAPACITY);
    }

    /** Makes an empty registry that holds at most so many bindings. */
    public OwnershipRegistry(InstantSource clock, int capacity) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.bindings =
                Caffeine.newBuilder()
                        .maximumSize(capacity)
                        .expireAfterAccess(KEPT_UNUSED)
                        .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                        .build();
    }

    /** Binds an id that the platform has just given to a principal; an older binding ends. */
    public void created(OwnedId id, PrincipalId owner) {
        bindings.put(id, Binding.first(owner, clock.instant()));
    }

    /** Claims an id that a principal chose, before the request that uses it is forwarded. */
    public Claim claim(OwnedId id, PrincipalId claimant) {
        Binding first = Binding.first(claimant, clock.instant());
        Binding bound = bindings.asMap().merge(id, first, (held, _) -> held.usedAgainBy(claimant));
        if (bound == null || !bound.owner().equals(claimant)) {
            return Claim.TAKEN;
        }
        return bound.isConfirmed() ? Claim.OWN : Claim.FIRST;
    }

    /**
     * Claims an id that a principal chose.
     *
     * @return {@link Claim#FIRST} or {@link Claim#OWN}
     * @throws RefusedException {@code id_taken} if another principal has it
     */
    public Claim requireClaim(OwnedId id, PrincipalId claimant) throws RefusedException {
        Claim claim = claim(id, claimant);
        if (claim == Claim.TAKEN) {
            throw RefusedException.of(
                    Code.ID_TAKEN,
                    "the id `" + id.id() + "` was used by another principal",
                    "choose a new id, such as a fresh random GUID");
        }
        return claim;
    }

    /**
     * Gives up an id whose {@linkplain Claim#FIRST first} use surely never reached the upstream.
     * Does nothing if it has become another principal's, or was used again since.
     */
    public void release(OwnedId id, PrincipalId claimant) {
        Binding held = bindings.getIfPresent(id);
        if (held != null && held.owner().equals(claimant) && !held.isConfirmed()) {
            bindings.asMap().remove(id, held);
        }
    }

    /** Returns how a principal stands to an id. */
    public Standing standing(OwnedId id, PrincipalId principal) {
        return Optional.ofNullable(bindings.getIfPresent(id))
                .map(held -> held.owner().equals(principal) ? Standing.OWNER : Standing.OTHER)
                .orElse(Standing.UNKNOWN);
    }

    /**
     * Requires that a principal made the id.
     *
     * @throws RefusedException {@code not_owner} if another did, or if it is not known who did
     */
    public void requireOwner(OwnedId id, PrincipalId principal) throws RefusedException {
        String thing = "the " + id.kind() + " `" + id.id() + "`";
        String whose =
                switch (standing(id, principal)) {
                    case OWNER -> "";
                    case OTHER -> " was made by another principal";
                    case UNKNOWN -> " was made by nobody that is known, so nobody may use it";
                };
        if (!whose.isEmpty()) {
            throw RefusedException.of(
                    Code.NOT_OWNER, thing + whose, "make one of your own through the proxy");
        }
    }

    /**
     * Brings back a binding that was made before the proxy started.
     *
     * <p>Calls may come in any order, and during traffic: of two bindings of one id the later holds
     * where the platform gives the id ({@link Ownership.Rule#CREATES}), the earlier where the client
     * chooses it ({@link Ownership.Rule#CLAIMS}). An owner-only use binds nothing.
     *
     * @param at when the binding was made
     */
    public void restore(Ownership.Rule rule, OwnedId id, PrincipalId owner, Instant at) {
        Binding restored = Binding.first(owner, at);
        if (rule == Ownership.Rule.OWNER_ONLY) {
            return;
        }
        boolean isLaterBest = rule == Ownership.Rule.CREATES;
        bindings.asMap()
                .merge(
                        id,
                        restored,
                        isLaterBest ? OwnershipRegistry::later : OwnershipRegistry::earlier);
    }

    /** Returns about how many bindings are held. */
    public long size() {
        bindings.cleanUp();
        return bindings.estimatedSize();
    }

    private static Binding later(Binding held, Binding other) {
        return other.since().isAfter(held.since()) ? other : held;
    }

    private static Binding earlier(Binding held, Binding other) {
        return other.since().isBefore(held.since()) ? other : held;
    }
}
