package io.stagedoor.proxy.admin.login;

import io.stagedoor.proxy.admin.AdminAnswers;
import io.stagedoor.proxy.admin.AdminRefusal;
import io.stagedoor.proxy.admin.AdminRequest;
import io.stagedoor.proxy.admin.AdminResource;
import io.stagedoor.proxy.http.Answer;
import io.stagedoor.proxy.http.Fields;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /login/callback}: takes the issuer's word for who the browser's user is, and begins a
 * session with a new id if that is an operator. It always leads to the first page and nowhere else.
 */
record SignInEnd(
        LoginSettings settings,
        OpenIdProvider provider,
        PendingLogins pending,
        SignIns signIns,
        Sessions sessions,
        BrowserGuard guard)
        implements AdminResource {

    private static final Logger LOG = LoggerFactory.getLogger(SignInEnd.class);

    @Override
    public String path() {
        return "/login/callback";
    }

    @Override
    public Set<String> methods() {
        return Set.of("GET");
    }

    @Override
    public Access access() {
        return Access.OPEN;
    }

    @Override
    public Answer answer(AdminRequest request) throws AdminRefusal {
        guard.requireHost(request);
        try {
            SignIns.Somebody somebody = somebody(request);
            guard.record(somebody.operator(), "admin.login", request);
            Cookies.read(request.fields(), Cookies.SESSION).ifPresent(sessions::end);
            return signedIn(sessions.begin(somebody));
        } catch (AdminRefusal refused) {
            guard.recordRefused(refused, request);
            return Page.titled("Not signed in")
                    .paragraph(refused.sentence())
                    .link("/login", "Sign in again")
                    .answer(
                            refused.status(),
                            Fields.of("Set-Cookie", Cookies.clear(Cookies.SIGNING_IN)));
        }
    }

    private static Answer signedIn(String session) {
        return AdminAnswers.text(
                303,
                "text/plain; charset=utf-8",
                "",
                Fields.of(
                        "Location",
                        "/",
                        "Referrer-Policy",
                        "no-referrer",
                        "Set-Cookie",
                        Cookies.set(Cookies.SESSION, session),
                        "Set-Cookie",
                        Cookies.clear(Cookies.SIGNING_IN)));
    }

    private SignIns.Somebody somebody(AdminRequest request) throws AdminRefusal {
        String browser = Cookies.read(request.fields(), Cookies.SIGNING_IN).orElse("");
        PendingLogins.Pending begun =
                pending.take(request.parameter("state").orElse(""), browser)
                        .orElseThrow(
                                () ->
                                        AdminRefusal.of(
                                                400,
                                                "login_unknown",
                                                "this browser has not begun to sign in, or too"
                                                        + " long ago"));
        if (request.parameter("error").isPresent()) {
            throw AdminRefusal.of(403, "login_refused", "the issuer did not sign you in");
        }
        Optional<String> code = request.parameter("code");
        if (code.isEmpty()) {
            throw AdminRefusal.of(400, "bad_request", "the issuer sent no code");
        }
        return signIns.verify(idToken(request, code.get(), begun), begun.nonce());
    }

    private String idToken(AdminRequest request, String code, PendingLogins.Pending begun)
            throws AdminRefusal {
        Optional<String> named = request.parameter("iss");
        try {
            boolean another =
                    named.map(each -> !each.equals(settings.issuer()))
                            .orElse(provider.metadata().namesItself());
            if (another) {
                throw AdminRefusal.of(
                        400, "login_mixed_up", "another issuer sent the browser here");
            }
            return provider.idToken(code, begun.verifier());
        } catch (IOException failed) {
            LOG.atWarn()
                    .addKeyValue("reason", failed.getMessage())
                    .log("a code could not be turned into an ID token");
            throw AdminRefusal.of(
                    502, "issuer_unavailable", "the issuer gave no token for your sign-in");
        }
    }
}
