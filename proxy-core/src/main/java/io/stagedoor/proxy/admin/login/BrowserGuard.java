package io.stagedoor.proxy.admin.login;

import io.stagedoor.proxy.admin.AdminRefusal;
import io.stagedoor.proxy.admin.AdminRequest;
import io.stagedoor.proxy.admin.AdminTrail;
import io.stagedoor.proxy.admin.AdminUse;
import io.stagedoor.proxy.admin.Operator;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What all pages have in common: for whom they are served, and that it is recorded. */
final class BrowserGuard {

    private final URI publicUrl;
    private final AdminTrail trail;

    BrowserGuard(URI publicUrl, AdminTrail trail) {
        this.publicUrl = publicUrl;
        this.trail = trail;
    }

    /** Refuses requests for another host: a name that was bent to this address is no door. */
    void requireHost(AdminRequest request) throws AdminRefusal {
        String host = request.fields().first("Host").orElse("").toLowerCase(Locale.ROOT);
        String authority = publicUrl.getRawAuthority().toLowerCase(Locale.ROOT);
        if (!host.equals(authority) && !host.equals(authority + ":443")) {
            throw AdminRefusal.of(421, "misdirected", "there are no pages for this host");
        }
    }

    void record(Operator operator, String action, AdminRequest request) throws AdminRefusal {
        trail.record(
                new AdminUse(
                        operator.actor(),
                        action,
                        request.path(),
                        details(request, operator.label())),
                !request.method().equals("GET"));
    }

    void recordRefused(AdminRefusal refused, AdminRequest request) throws AdminRefusal {
        trail.record(
                new AdminUse(
                        AdminUse.NOBODY,
                        "admin.login.refused",
                        request.path(),
                        Map.of("address", request.address(), "code", refused.code())),
                false);
    }

    private static Map<String, String> details(AdminRequest request, Optional<String> label) {
        return label.map(name -> Map.of("address", request.address(), "label", name))
                .orElseGet(() -> Map.of("address", request.address()));
    }
}
