package io.stagedoor.proxy.admin.resource;

import io.stagedoor.proxy.admin.AdminAnswers;
import io.stagedoor.proxy.admin.AdminRefusal;
import io.stagedoor.proxy.admin.AdminRequest;
import io.stagedoor.proxy.admin.AdminResource;
import io.stagedoor.proxy.http.Answer;
import io.stagedoor.proxy.http.Fields;
import java.util.Set;

/**
 * {@code POST /tableau/events/SITE?secret=...}: what a webhook of a Tableau site is pointed at. Tableau
 * can say who it is by nothing but the address, so that the secret stands in the query, which is
 * nowhere logged.
 *
 * @param sink takes the events
 */
public record EventsResource(EventSink sink) implements AdminResource {

    private static final String BELOW = "/tableau/events/";
    private static final int LARGEST = 16 * 1024;

    @Override
    public String path() {
        return BELOW;
    }

    @Override
    public Set<String> methods() {
        return Set.of("POST");
    }

    @Override
    public Access access() {
        return Access.OPEN;
    }

    @Override
    public int bodyLimit() {
        return LARGEST;
    }

    @Override
    public Answer answer(AdminRequest request) throws AdminRefusal {
        String site = request.path().substring(BELOW.length());
        String secret = request.parameter("secret").orElse("");
        return switch (sink.take(site, secret, request.body())) {
            case YES -> AdminAnswers.text(204, "text/plain; charset=utf-8", "", Fields.none());
            case STRANGER ->
                    throw AdminRefusal.of(
                            401, "unauthorized", "no site with this secret takes events here");
            case MALFORMED ->
                    throw AdminRefusal.of(400, "bad_request", "this is no event of Tableau");
            case TOO_MANY ->
                    throw AdminRefusal.of(429, "too_many", "there are too many events")
                            .with("Retry-After", "1");
        };
    }
}
