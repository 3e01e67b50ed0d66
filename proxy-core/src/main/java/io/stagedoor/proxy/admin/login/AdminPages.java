package io.stagedoor.proxy.admin.login;

import io.stagedoor.proxy.admin.AdminAnswers;
import io.stagedoor.proxy.admin.AdminResource;
import io.stagedoor.proxy.admin.AdminTrail;
import io.stagedoor.proxy.admin.resource.OpenPage;
import io.stagedoor.proxy.admin.resource.ProxyState;
import io.stagedoor.proxy.http.Fields;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** All pages with what they share. Closing drops the connections to the issuer. */
public final class AdminPages implements AutoCloseable {

    private final OpenIdProvider provider;
    private final List<AdminResource> resources;

    /**
     * Makes the pages; the issuer is not asked before somebody signs in.
     *
     * @param signIns knows who stands behind an ID token
     * @param trail takes down each use
     * @param state what the first page shows
     * @throws IOException if the certificates to trust cannot be read
     */
    public AdminPages(
            LoginSettings settings,
            SignIns signIns,
            AdminTrail trail,
            Supplier<ProxyState> state,
            InstantSource clock)
            throws IOException {
        this.provider = new OpenIdProvider(settings, clock);
        BrowserGuard guard = new BrowserGuard(settings.publicUrl(), trail);
        Sessions sessions = new Sessions(settings.idle(), settings.absolute(), clock);
        PendingLogins pending = new PendingLogins(clock);
        this.resources =
                List.of(
                        new StatusPage(state, sessions, guard),
                        new SignInStart(settings, provider, pending, guard),
                        new SignInEnd(settings, provider, pending, signIns, sessions, guard),
                        new SignOut(settings, provider, sessions, guard),
                        new OpenPage(
                                "/style.css",
                                () ->
                                        AdminAnswers.text(
                                                200,
                                                "text/css; charset=utf-8",
                                                Page.STYLE,
                                                Fields.none())));
    }

    /** Returns the pages as resources of the operators' port. */
    public List<AdminResource> resources() {
        return resources;
    }

    @Override
    public void close() {
        provider.close();
    }
}
