package io.stagedoor.proxy.admin.login;

import io.stagedoor.proxy.admin.AdminAnswers;
import io.stagedoor.proxy.admin.AdminRefusal;
import io.stagedoor.proxy.admin.AdminRequest;
import io.stagedoor.proxy.admin.AdminResource;
import io.stagedoor.proxy.http.Answer;
import io.stagedoor.proxy.http.Fields;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** {@code GET /login}: sends the browser to the issuer, and remembers by a cookie that it was this one. */
record SignInStart(
        LoginSettings settings, OpenIdProvider provider, PendingLogins pending, BrowserGuard guard)
        implements AdminResource {

    @Override
    public String path() {
        return "/login";
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
        String browser = RandomText.next();
        String state = RandomText.next();
        String target = target(state, pending.begin(state, browser));
        return AdminAnswers.text(
                303,
                "text/plain; charset=utf-8",
                "",
                Fields.of(
                        "Location",
                        target,
                        "Referrer-Policy",
                        "no-referrer",
                        "Set-Cookie",
                        Cookies.set(Cookies.SIGNING_IN, browser, PendingLogins.LIFE)));
    }

    private String target(String state, PendingLogins.Pending begun) throws AdminRefusal {
        URI endpoint = authorizationEndpoint();
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("response_type", "code");
        parameters.put("client_id", settings.client().id());
        parameters.put("redirect_uri", settings.redirectUri());
        parameters.put("scope", String.join(" ", settings.client().scopes()));
        parameters.put("state", state);
        parameters.put("nonce", begun.nonce());
        parameters.put("code_challenge", RandomText.digest(begun.verifier()));
        parameters.put("code_challenge_method", "S256");
        String separator = endpoint.getRawQuery() == null ? "?" : "&";
        return endpoint + separator + OpenIdProvider.encoded(parameters);
    }

    private URI authorizationEndpoint() throws AdminRefusal {
        try {
            return provider.metadata().authorization();
        } catch (IOException unreachable) {
            throw AdminRefusal.of(
                    502,
                    "issuer_unavailable",
                    "the issuer cannot be asked: " + unreachable.getMessage(),
                    "try again shortly; `stagedoor doctor` looks at it");
        }
    }
}
