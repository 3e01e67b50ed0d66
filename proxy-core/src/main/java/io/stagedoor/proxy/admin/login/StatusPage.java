package io.stagedoor.proxy.admin.login;

import io.stagedoor.proxy.admin.AdminRefusal;
import io.stagedoor.proxy.admin.AdminRequest;
import io.stagedoor.proxy.admin.AdminResource;
import io.stagedoor.proxy.admin.Operator;
import io.stagedoor.proxy.admin.resource.ProxyState;
import io.stagedoor.proxy.http.Answer;
import io.stagedoor.proxy.http.Fields;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** {@code GET /}: what the proxy knows, for operators who are signed in. */
record StatusPage(Supplier<ProxyState> state, Sessions sessions, BrowserGuard guard)
        implements AdminResource {

    @Override
    public String path() {
        return "/";
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
        Optional<Sessions.Session> session =
                Cookies.read(request.fields(), Cookies.SESSION).flatMap(sessions::use);
        if (session.isEmpty()) {
            return Page.titled("Stagedoor")
                    .paragraph("These pages are for operators of this proxy.")
                    .link("/login", "Sign in")
                    .answer(200, Fields.none());
        }
        try {
            Operator operator = session.get().somebody().operator();
            guard.record(operator, "admin.page", request);
            return page(operator, session.get());
        } catch (AdminRefusal refused) {
            return Page.titled("Stagedoor")
                    .paragraph(refused.sentence())
                    .button("/logout", session.get().formKey(), "Sign out")
                    .answer(refused.status(), Fields.none());
        }
    }

    private Answer page(Operator operator, Sessions.Session session) {
        ProxyState now = state.get();
        return Page.titled("Stagedoor")
                .paragraph("Signed in as " + operator.label().orElse(operator.actor()) + ".")
                .button("/logout", session.formKey(), "Sign out")
                .paragraph(
                        "Version "
                                + now.version()
                                + ", configuration "
                                + now.configuration().generation()
                                + " since "
                                + now.configuration().since()
                                + "; as of "
                                + now.now()
                                + ".")
                .table(
                        "Role assignments",
                        List.of(
                                "Workspace",
                                "State",
                                "Assignments",
                                "Age",
                                "Snapshot",
                                "Failures",
                                "Last failure"),
                        now.workspaces().stream().map(StatusPage::row).toList())
                .table(
                        "Issuers",
                        List.of("Issuer", "Keys", "Left out", "Age", "Last failure"),
                        now.issuers().stream().map(StatusPage::row).toList())
                .table(
                        "Upstream credentials",
                        List.of("Upstream", "Kind", "Usable until", "Failures", "Last failure"),
                        now.credentials().stream().map(StatusPage::row).toList())
                .answer(200, Fields.none());
    }

    private static List<String> row(ProxyState.Workspace workspace) {
        return List.of(
                workspace.name(),
                workspace.freshness(),
                Integer.toString(workspace.assignments()),
                age(workspace.age()),
                workspace.snapshot().orElse("none"),
                Integer.toString(workspace.failures()),
                workspace.failure().orElse(""));
    }

    private static List<String> row(ProxyState.Issuer issuer) {
        return List.of(
                issuer.name(),
                issuer.usable() ? Integer.toString(issuer.keys()) : "none usable",
                Integer.toString(issuer.ignored()),
                age(issuer.age()),
                issuer.failure().orElse(""));
    }

    private static List<String> row(ProxyState.Credential credential) {
        return List.of(
                credential.upstream(),
                credential.kind(),
                credential.usableUntil().map(Object::toString).orElse("not usable"),
                Integer.toString(credential.failures()),
                credential.failure().orElse(""));
    }

    private static String age(Optional<Duration> age) {
        return age.map(each -> each.toSeconds() + " s").orElse("");
    }
}
