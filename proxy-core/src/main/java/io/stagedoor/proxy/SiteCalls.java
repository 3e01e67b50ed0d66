package io.stagedoor.proxy;

import io.stagedoor.config.place.Place;
import io.stagedoor.config.place.ServiceConfig;
import io.stagedoor.policy.operation.OperationCatalogue;
import io.stagedoor.policy.operation.Platform;
import io.stagedoor.proxy.authn.keys.TlsTrust;
import io.stagedoor.proxy.credential.CallerProof;
import io.stagedoor.proxy.credential.CredentialDemand;
import io.stagedoor.proxy.credential.UpstreamCredentials;
import io.stagedoor.proxy.credential.tableau.TableauSessions;
import io.stagedoor.proxy.refresh.site.HttpTableauCalls;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes what the proxy calls a Tableau site with on its own account. */
final class SiteCalls {

    /** What tells in which project a thing is. */
    static final List<String> PLACES =
            List.of(
                    "get_workbook",
                    "query_flow",
                    "get_flow_run",
                    "get_flow_run_task",
                    "get_extract_refresh_task",
                    "query_job",
                    "get_data_driven_alert");

    /** What guarding refreshes takes. */
    static final List<String> GUARD =
            List.of(
                    "query_data_source",
                    "query_flow",
                    "query_flow_connections",
                    "get_flow_run_task",
                    "get_extract_refresh_task",
                    "query_job");

    /** What warning readers of old data takes. */
    static final List<String> WARNINGS =
            List.of(
                    "add_data_quality_warning",
                    "delete_data_quality_warning_by_id",
                    "query_data_quality_warning_by_content");

    /** What keeping embedded credentials takes. */
    static final List<String> CONNECTIONS =
            List.of(
                    "query_data_source_connections",
                    "query_flow_connections",
                    "update_workbook_connection",
                    "update_data_source_connection",
                    "update_flow_connection",
                    "update_virtual_connection_database_connections");

    private SiteCalls() {}

    /**
     * What a site is entered with.
     *
     * @param credentials the credentials
     * @param sessions what was said of the site when somebody signed in
     */
    record Entry(UpstreamCredentials credentials, Optional<TableauSessions> sessions) {

        private Optional<String> siteId() {
            return sessions.flatMap(TableauSessions::siteLuid);
        }
    }

    /**
     * Makes the means of calling; nothing is called yet.
     *
     * @param operations the operations that are called, by their names: a session may do no others
     * @throws IOException if the certificates to trust cannot be read
     */
    static HttpTableauCalls of(
            ServiceConfig config, Place.Site site, Entry entry, Set<String> operations)
            throws IOException {
        return new HttpTableauCalls(
                new HttpTableauCalls.Site(
                        config.name(),
                        config.upstream().uri(),
                        site.apiVersion(),
                        Optional.of(TlsTrust.context(config.upstream().trustedCertificates()))),
                new CredentialSessions(
                        entry.credentials(),
                        new CredentialDemand(
                                config.name(), CallerProof.PROXY, scopesOf(operations)),
                        entry::siteId),
                HttpTableauCalls.Limits.defaults());
    }

    private static Set<String> scopesOf(Set<String> operations) {
        OperationCatalogue catalogue = OperationCatalogue.of(Platform.TABLEAU);
        return operations.stream()
                .map(name -> catalogue.operation(name).orElseThrow())
                .flatMap(operation -> operation.traits().upstreamScopes().stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}
