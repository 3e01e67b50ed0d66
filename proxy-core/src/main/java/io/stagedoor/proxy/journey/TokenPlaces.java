package io.stagedoor.proxy.journey;

import io.stagedoor.policy.operation.RootReference;
import io.stagedoor.policy.operation.ScopeInput;
import io.stagedoor.policy.operation.ScopeValue;
import io.stagedoor.policy.scope.RootType;
import io.stagedoor.proxy.authn.Sender;
import io.stagedoor.proxy.authn.session.ProxySessions;
import io.stagedoor.proxy.authn.session.SignInDocument;
import io.stagedoor.proxy.directory.facts.ScopeQuestion;
import io.stagedoor.proxy.http.RequestHead;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import io.stagedoor.proxy.route.Route;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds where the bearer token of a request stands: in the Authorization field, or, for the clients of a
 * Tableau site, behind a session of the proxy's own or in the document that they sign in with.
 *
 * <p>Finds, and believes nobody: what is found is verified like any other token. Safe for any thread;
 * nothing waits.
 */
final class TokenPlaces {

    static final String SESSION_FIELD = "x-tableau-auth";

    private final ProxySessions sessions;

    /**
     * Where a token stands, and perhaps another.
     *
     * @param sender whose Authorization field, or what counts as one, bears the token
     * @param beside the same with the other token, which must be of the same principal
     */
    record Shown(Sender sender, Optional<Sender> beside) {}

    TokenPlaces(ProxySessions sessions) {
        this.sessions = sessions;
    }

    /**
     * Finds the token of a request.
     *
     * @param body the whole body, if it has been read
     * @throws RefusedException with {@code session_unknown}, or if a sign-in is not one that is taken
     * @throws NotYet if the token stands in a body that has not been read
     */
    Shown shown(Sender sender, Optional<byte[]> body, Route route, Destination destination)
            throws RefusedException, NotYet {
        if (destination.root().rootType() != RootType.SITE) {
            return new Shown(sender, Optional.empty());
        }
        if (isSignIn(sender.head(), route)) {
            if (body.isEmpty()) {
                requirePlain(sender.head());
                throw new NotYet(NotYet.Lack.BODY);
            }
            return joined(sender, signInToken(sender.head(), body.get(), destination));
        }
        Optional<String> value = sessionOf(sender.head());
        return value.isEmpty()
                ? new Shown(sender, Optional.empty())
                : joined(sender, Optional.of(sessions.find(route.service(), value.get()).token()));
    }

    /** Returns the value of the session that a request shows, if it shows one. */
    static Optional<String> sessionOf(RequestHead head) throws RefusedException {
        List<String> values = head.fields().all(SESSION_FIELD);
        if (values.size() > 1) {
            throw RefusedException.of(
                    Code.BAD_REQUEST, "the request has several `X-Tableau-Auth` fields");
        }
        return values.stream().findFirst();
    }

    /** Returns the token in the document of a sign-in, if it is not left out. */
    private static Optional<String> signInToken(
            RequestHead head, byte[] body, Destination destination) throws RefusedException {
        SignInDocument document = SignInDocument.read(body, isJson(head));
        boolean here =
                document.contentUrl().isEmpty()
                        || document.contentUrl().equals(contentUrl(destination));
        if (!here) {
            throw RefusedException.of(
                    Code.SIGN_IN_REFUSED,
                    "the sign-in is for another site than this address leads to",
                    "name the site's own content URL, or none");
        }
        return document.token();
    }

    /** Returns the bearer token that an admitted sign-in was made with. */
    static String tokenOf(RequestHead head, byte[] body) throws RefusedException {
        Optional<String> inBody = SignInDocument.read(body, isJson(head)).token();
        return inBody.orElseGet(() -> bare(head.authorization().orElseThrow()));
    }

    /** Takes the scheme away, which stands before the first space. */
    private static String bare(String field) {
        return field.substring(field.indexOf(' ') + 1);
    }

    private static Shown joined(Sender sender, Optional<String> token) {
        if (token.isEmpty()) {
            return new Shown(sender, Optional.empty());
        }
        Sender bearing = sender.bearing(token.get());
        Optional<String> field = sender.head().authorization();
        if (field.isEmpty()) {
            return new Shown(bearing, Optional.empty());
        }
        return new Shown(
                sender,
                bare(field.get()).equals(token.get()) ? Optional.empty() : Optional.of(bearing));
    }

    /** Whatever version of the API it is: all of them sign in alike. */
    private static boolean isSignIn(RequestHead head, Route route) {
        List<String> segments = route.target().segments();
        return head.method().equals("POST")
                && segments.size() == 4
                && segments.getFirst().equalsIgnoreCase("api")
                && segments.get(2).equalsIgnoreCase("auth")
                && segments.get(3).equalsIgnoreCase("signin");
    }

    private static void requirePlain(RequestHead head) throws RefusedException {
        if (head.fields().has("content-encoding")) {
            throw RefusedException.of(
                    Code.BAD_REQUEST, "a sign-in cannot be read in a content coding");
        }
    }

    /** Returns whether a request's body says that it is JSON; a site's clients send XML else. */
    private static boolean isJson(RequestHead head) {
        return head.fields().all("content-type").stream()
                .anyMatch(type -> type.toLowerCase(Locale.ROOT).contains("json"));
    }

    private static String contentUrl(Destination destination) {
        ScopeQuestion question =
                new ScopeQuestion(
                        new ScopeInput.RootName(RootReference.Form.CONTENT_URL),
                        Map.of(),
                        _ -> ScopeValue.absent());
        return destination.facts().known(question).orElse(ScopeValue.absent())
                        instanceof ScopeValue.Text(String name)
                ? name
                : "";
    }
}
