package io.stagedoor.proxy.directory.graph;

import io.stagedoor.proxy.directory.groups.GroupFinding;
import io.stagedoor.proxy.directory.remote.NoAnswerException;
import io.stagedoor.proxy.directory.remote.RemoteReader;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds out which application permissions the proxy's identity has in Microsoft Graph, by asking for
 * one id of each kind of object that it will ask about.
 */
final class GraphExamination {

    private final RemoteReader reader;

    GraphExamination(RemoteReader reader) {
        this.reader = reader;
    }

    List<GroupFinding> findings() {
        List<GroupFinding> findings = new ArrayList<>();
        findings.add(tried("groups of users", "users", "User.Read.All"));
        findings.add(tried("groups", "groups", "GroupMember.Read.All"));
        findings.add(tried("groups of applications", "servicePrincipals", "Application.Read.All"));
        return findings;
    }

    private GroupFinding tried(String name, String collection, String permission) {
        try {
            reader.get("/v1.0/" + collection + "?$select=id&$top=1");
            return new GroupFinding(name, true, "Microsoft Graph tells");
        } catch (NoAnswerException failure) {
            return new GroupFinding(
                    name, false, failure.getMessage() + advice(failure, permission));
        }
    }

    private static String advice(NoAnswerException failure, String permission) {
        return switch (failure.reason()) {
            case FORBIDDEN ->
                    ": the permission "
                            + permission
                            + " (application) is missing; grant it to the proxy's identity, with the"
                            + " consent of an administrator";
            case UNAUTHORIZED ->
                    ": check the `credential` of this directory, and that its tenant is this one";
            case BUSY -> ": it is asked again when that is over";
            case UNREACHABLE -> ": check name, network and `trusted_certificates`";
            case NOT_FOUND, UNUSABLE -> ": check that the address is that of Microsoft Graph";
        };
    }
}
