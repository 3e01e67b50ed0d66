package io.stagedoor.proxy.admin.login;

import io.stagedoor.proxy.admin.AdminRefusal;
import io.stagedoor.proxy.admin.AdminRequest;
import io.stagedoor.proxy.admin.AdminResource;
import io.stagedoor.proxy.admin.Operator;
import io.stagedoor.proxy.http.Answer;
import io.stagedoor.proxy.http.Fields;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code POST /logout}: ends the session, and offers to sign out at the issuer too (OpenID Connect
 * RP-Initiated Logout 1.0) by a link: no form ever leads off this host.
 */
record SignOut(
        LoginSettings settings, OpenIdProvider provider, Sessions sessions, BrowserGuard guard)
        implements AdminResource {

    private static final int FORM = 1024;

    @Override
    public String path() {
        return "/logout";
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
        return FORM;
    }

    @Override
    public Answer answer(AdminRequest request) throws AdminRefusal {
        guard.requireHost(request);
        String id = Cookies.read(request.fields(), Cookies.SESSION).orElse("");
        Optional<Sessions.Session> session = sessions.use(id);
        String key = request.formParameter("form_key").orElse("");
        if (session.isPresent() && !RandomText.same(session.get().formKey(), key)) {
            throw AdminRefusal.of(403, "form_unknown", "this form is not from these pages");
        }
        if (session.isPresent()) {
            sessions.end(id);
            record(session.get(), request);
        }
        Page page = Page.titled("Signed out").paragraph("You are signed out of these pages.");
        endSession().ifPresent(target -> page.link(target, "Sign out at the issuer too"));
        return page.link("/login", "Sign in")
                .answer(200, Fields.of("Set-Cookie", Cookies.clear(Cookies.SESSION)));
    }

    /** Who is no operator any more may leave all the same. */
    private void record(Sessions.Session ended, AdminRequest request) throws AdminRefusal {
        Operator operator;
        try {
            operator = ended.somebody().operator();
        } catch (AdminRefusal refused) {
            guard.recordRefused(refused, request);
            return;
        }
        guard.record(operator, "admin.logout", request);
    }

    private Optional<String> endSession() {
        try {
            Optional<URI> endpoint = provider.metadata().endSession();
            return endpoint.map(
                    uri ->
                            uri
                                    + (uri.getRawQuery() == null ? "?" : "&")
                                    + OpenIdProvider.encoded(
                                            Map.of("client_id", settings.client().id())));
        } catch (IOException unreachable) {
            return Optional.empty();
        }
    }
}
