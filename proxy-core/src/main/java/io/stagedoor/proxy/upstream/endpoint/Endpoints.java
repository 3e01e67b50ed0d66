package io.stagedoor.proxy.upstream.endpoint;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The endpoints of one service: chooses one for each attempt, and leaves alone those that fail.
 *
 * <p>Of two taken at random the less busy one is chosen, which spreads load nearly as well as
 * looking at all of them (M. Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing",
 * 2001). When none is usable all are, since a guess is better than a sure refusal; so is the last
 * one always. Safe for any thread; choosing allocates nothing.
 */
public final class Endpoints {

    private final OutlierRules rules;
    private volatile Endpoint[] all;

    /** Makes a set; it is never empty. */
    public Endpoints(List<Endpoint> first, OutlierRules rules) {
        this.rules = rules;
        this.all = filled(first);
    }

    private static Endpoint[] filled(List<Endpoint> endpoints) {
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException("a service needs an endpoint");
        }
        return endpoints.toArray(new Endpoint[0]);
    }

    /** Returns the endpoints there are now. */
    public List<Endpoint> list() {
        return List.of(all);
    }

    /** Returns how many endpoints fare like this. */
    public long count(EndpointState state, long now) {
        return Arrays.stream(all).filter(endpoint -> endpoint.state(now) == state).count();
    }

    /** Takes another set; endpoints that stay must be the same objects. */
    public void replace(List<Endpoint> next) {
        Endpoint[] before = all;
        all = filled(next);
        for (Endpoint old : before) {
            if (!next.contains(old)) {
                old.leave();
            }
        }
    }

    /**
     * Chooses an endpoint.
     *
     * @param avoided one that has just failed the same request, not taken if there is another
     */
    public Endpoint choose(Optional<Endpoint> avoided, long now) {
        Endpoint[] from = all;
        if (from.length == 1) {
            return from[0];
        }
        int start = ThreadLocalRandom.current().nextInt(from.length);
        int one = usableFrom(from, start, avoided, now);
        if (one < 0) {
            return chooseAny(from, start, avoided);
        }
        int step = 1 + ThreadLocalRandom.current().nextInt(from.length - 1);
        int two = usableFrom(from, (one + step) % from.length, avoided, now);
        return from[two].busy() < from[one].busy() ? from[two] : from[one];
    }

    private static int usableFrom(
            Endpoint[] from, int start, Optional<Endpoint> avoided, long now) {
        for (int i = 0; i < from.length; i++) {
            int index = (start + i) % from.length;
            if (from[index].isUsable(now) && !isAvoided(from[index], avoided)) {
                return index;
            }
        }
        return -1;
    }

    private static Endpoint chooseAny(Endpoint[] from, int start, Optional<Endpoint> avoided) {
        Endpoint any = from[start];
        return isAvoided(any, avoided) ? from[(start + 1) % from.length] : any;
    }

    private static boolean isAvoided(Endpoint endpoint, Optional<Endpoint> avoided) {
        return avoided.isPresent() && avoided.get() == endpoint;
    }

    /** Takes notice of what an attempt said about its endpoint. */
    public void report(Endpoint endpoint, Verdict verdict, long now) {
        if (verdict == Verdict.ANSWERED) {
            endpoint.succeeded(now, rules);
        } else if (endpoint.failed(now, rules) && mayEjectOneMore(now)) {
            endpoint.eject(now, rules);
        }
    }

    private boolean mayEjectOneMore(long now) {
        long left = count(EndpointState.EJECTED, now) + 1;
        return left * 100 <= (long) all.length * rules.mostEjected() && left < all.length;
    }
}
