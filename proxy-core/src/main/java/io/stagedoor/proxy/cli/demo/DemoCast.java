package io.stagedoor.proxy.cli.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.principal.PrincipalKind;
import io.stagedoor.policy.role.BuiltInRoles;
import io.stagedoor.policy.role.RoleDefinition;
import io.stagedoor.policy.scope.ItemType;
import io.stagedoor.policy.scope.Scope;
import io.stagedoor.proxy.cli.demo.workspace.FakeWorkspace;
import java.util.List;

/**
 * The demo's cast and what each of them may do in the workspace {@code demo}.
 *
 * <p>All ids are the same at every start. The engineer is a Contributor through a group and may use
 * the workspace's identity directly; the analyst may read; the agent holds what the engineer holds,
 * and a guardrail narrows it to reading and to running {@code nightly}.
 */
public final class DemoCast {
    /** The tenant of everyone in the cast. */
    public static final String TENANT = "5a9d1f60-0000-4000-8000-000000000001";

    /** The workspace's name. */
    public static final String WORKSPACE = "demo";

    /** The audience that {@code az} and the Synapse SDKs ask for. */
    public static final String AUDIENCE = "https://dev.azuresynapse.net";

    /** The pipeline that the engineer and the agent may run. */
    public static final String NIGHTLY = "nightly";

    /** The group through which the engineer is a Contributor. */
    public static final PrincipalId DATA_ENGINEERS =
            principal("5a9d1f60-0000-4000-8000-0000000000e0");

    /** May read, write and run. */
    public static final CastMember ENGINEER =
            new CastMember(
                    "engineer",
                    principal("5a9d1f60-0000-4000-8000-0000000000e1"),
                    PrincipalKind.USER,
                    "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
                    List.of(DATA_ENGINEERS));

    /** May read published artifacts only. */
    public static final CastMember ANALYST =
            new CastMember(
                    "analyst",
                    principal("5a9d1f60-0000-4000-8000-0000000000a1"),
                    PrincipalKind.USER,
                    "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
                    List.of());

    /** A service principal that may read, and run {@code nightly} only. */
    public static final CastMember AGENT =
            new CastMember(
                    "agent",
                    principal("5a9d1f60-0000-4000-8000-0000000000b1"),
                    PrincipalKind.SERVICE_PRINCIPAL,
                    "5a9d1f60-0000-4000-8000-0000000000b2",
                    List.of());

    private static final Scope ROOT = Scope.workspace(WORKSPACE);
    private static final Scope OWN_CREDENTIAL =
            ROOT.item(ItemType.CREDENTIAL, "WorkspaceSystemIdentity");

    private DemoCast() {}

    /** Gives everyone who gets a token. */
    public static List<CastMember> all() {
        return List.of(ENGINEER, ANALYST, AGENT);
    }

    /** Fills an empty workspace with the cast's role assignments and a few artifacts. */
    public static void furnish(FakeWorkspace workspace) {
        String proxy = FakeWorkspace.OWN_IDENTITY;
        workspace.assign(role("Synapse Administrator"), proxy, ROOT.text());
        assign(workspace, "Synapse Contributor", DATA_ENGINEERS, ROOT);
        assign(workspace, "Synapse Credential User", ENGINEER.id(), OWN_CREDENTIAL);
        assign(workspace, "Synapse Artifact User", ANALYST.id(), ROOT);
        assign(workspace, "Synapse Contributor", AGENT.id(), ROOT);
        assign(workspace, "Synapse Credential User", AGENT.id(), OWN_CREDENTIAL);
        workspace.addSparkPool("small");
        for (String pipeline : List.of(NIGHTLY, "weekly", "backfill")) {
            workspace.store("pipelines", pipeline, properties("runs the " + pipeline + " load"));
        }
        workspace.store("notebooks", "explore", properties("a first look at the data"));
        workspace.store("linkedservices", "lake", properties("the data lake"));
        workspace.store("triggers", "every-night", properties("starts nightly at two"));
        workspace.store("credentials", "WorkspaceSystemIdentity", properties("the workspace"));
    }

    private static void assign(
            FakeWorkspace workspace, String role, PrincipalId principal, Scope scope) {
        workspace.assign(role(role), principal.objectId(), scope.text());
    }

    private static String role(String name) {
        return BuiltInRoles.byName(name)
                .map(RoleDefinition::id)
                .orElseThrow(() -> new IllegalStateException("no built-in role `" + name + "`"));
    }

    private static ObjectNode properties(String description) {
        return JsonNodeFactory.instance.objectNode().put("description", description);
    }

    private static PrincipalId principal(String objectId) {
        return new PrincipalId(TENANT, objectId);
    }
}
