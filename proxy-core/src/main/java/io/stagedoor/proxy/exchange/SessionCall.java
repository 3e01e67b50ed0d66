package io.stagedoor.proxy.exchange;

import io.stagedoor.policy.operation.Operation;
import io.stagedoor.proxy.credential.tableau.SignedIn;
import io.stagedoor.proxy.http.Answer;
import io.stagedoor.proxy.http.IdentityFields;
import io.stagedoor.proxy.http.RequestHead;
import io.stagedoor.proxy.http.SessionAnswers;
import io.stagedoor.proxy.journey.Admitted;
import io.stagedoor.proxy.journey.SessionDesk;
import io.stagedoor.proxy.refusal.RefusedException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/**
 * A call about sessions that the proxy answers in a Tableau site's stead.
 *
 * @param desk opens and ends sessions
 * @param admitted the call
 * @param identity who is named in the answer
 * @param clock tells how long a session is still good for
 */
record SessionCall(
        SessionDesk desk, Admitted admitted, IdentityFields identity, InstantSource clock) {

    /**
     * Answers the call.
     *
     * @param body the whole body of the request, which a sign-in has
     * @throws RefusedException if the session at the site has ended meanwhile
     */
    Answer answer(Optional<byte[]> body) throws RefusedException {
        Operation operation = admitted.operation().operation();
        SessionAnswers answers = new SessionAnswers(takesJson(admitted.head()), identity);
        if (SessionDesk.opens(operation)) {
            SessionAnswers.Place place = place();
            String token = desk.open(admitted, body.orElseThrow());
            return answers.signedIn(
                    token, place, Duration.between(clock.instant(), admitted.token().expiresAt()));
        }
        if (SessionDesk.ends(operation)) {
            desk.end(admitted);
            return answers.signedOut();
        }
        return answers.current(place());
    }

    private SessionAnswers.Place place() throws RefusedException {
        SignedIn told = desk.signedIn(admitted);
        return new SessionAnswers.Place(told.siteId(), told.contentUrl(), told.userId());
    }

    private static boolean takesJson(RequestHead head) {
        String accepted = String.join(",", head.fields().all("accept")).toLowerCase(Locale.ROOT);
        String sent = String.join(",", head.fields().all("content-type")).toLowerCase(Locale.ROOT);
        return accepted.contains("json") || (!accepted.contains("xml") && sent.contains("json"));
    }
}
