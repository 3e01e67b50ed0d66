package io.stagedoor.proxy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.config.StagedoorConfig;
import io.stagedoor.config.place.ServiceConfig;
import io.stagedoor.policy.decision.Decision;
import io.stagedoor.policy.decision.Deny;
import io.stagedoor.policy.decision.MinimalGrant;
import io.stagedoor.policy.decision.Permit;
import io.stagedoor.policy.principal.GroupMembership;
import io.stagedoor.policy.principal.Principal;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.principal.PrincipalKind;
import io.stagedoor.proxy.AccessQuestions;
import io.stagedoor.proxy.refusal.RefusedException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code can-i}: whether a principal may do something, decided afresh and without doing it. */
@Command(
        name = "can-i",
        description = "Ask whether a principal may do something, without doing it.",
        mixinStandardHelpOptions = true)
final class CanICommand implements Callable<Integer> {

    @Mixin private Configuration configuration = new Configuration();
    @Mixin private Output output = new Output();

    @Option(
            names = "--as",
            paramLabel = "OBJECT-ID",
            required = true,
            description = "The principal's object id in the workspace's tenant.")
    private String objectId = "";

    @Option(
            names = "--group",
            paramLabel = "OBJECT-ID",
            description = "A group of the principal; repeat it for each. None means none.")
    private List<String> groups = new ArrayList<>();

    @Option(
            names = "--client-application",
            paramLabel = "APP-ID",
            description = "The application that acts for the principal.")
    private @Nullable String clientApplication;

    @Option(
            names = "--workspace",
            paramLabel = "NAME",
            description = "The workspace; needed if several are configured.")
    private @Nullable String workspace;

    @Option(names = "--body", paramLabel = "JSON", description = "The request's body.")
    private @Nullable String body;

    @Parameters(index = "0", paramLabel = "METHOD", description = "For example POST.")
    private String method = "";

    @Parameters(
            index = "1",
            paramLabel = "PATH",
            description = "For example /pipelines/nightly/createRun.")
    private String path = "";

    @Override
    public Integer call() {
        StagedoorConfig config = configuration.required();
        Decision decision = decide(config);
        output.print(text(decision), json(decision));
        return decision instanceof Permit ? ExitCodes.OK : ExitCodes.FINDING;
    }

    private Decision decide(StagedoorConfig config) {
        ServiceConfig asked = workspaceIn(config);
        AccessQuestions.Request request =
                new AccessQuestions.Request(method, path, Optional.ofNullable(body));
        try (AccessQuestions questions =
                AccessQuestions.of(
                        config,
                        name -> Optional.ofNullable(System.getenv(name)),
                        InstantSource.system())) {
            return questions.decide(asked, principalIn(asked), request);
        } catch (IOException e) {
            throw new CommandFailedException(ExitCodes.UNREACHABLE, String.valueOf(e.getMessage()));
        } catch (RefusedException e) {
            throw new CommandFailedException(ExitCodes.USAGE, e.refusal().toString());
        }
    }

    private ServiceConfig workspaceIn(StagedoorConfig config) {
        List<ServiceConfig> all = config.services();
        if (workspace == null && all.size() == 1) {
            return all.getFirst();
        }
        return all.stream()
                .filter(one -> one.name().equals(workspace))
                .findFirst()
                .orElseThrow(
                        () ->
                                new CommandFailedException(
                                        ExitCodes.USAGE,
                                        "say which workspace with --workspace: "
                                                + all.stream()
                                                        .map(ServiceConfig::name)
                                                        .collect(Collectors.joining(", "))));
    }

    private Principal principalIn(ServiceConfig asked) {
        try {
            Set<PrincipalId> known =
                    groups.stream()
                            .map(group -> PrincipalId.of(asked.tenant(), group))
                            .collect(Collectors.toUnmodifiableSet());
            return new Principal(
                    PrincipalId.of(asked.tenant(), objectId),
                    PrincipalKind.UNKNOWN,
                    Optional.ofNullable(clientApplication),
                    GroupMembership.known(known));
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(ExitCodes.USAGE, String.valueOf(e.getMessage()));
        }
    }

    private static List<String> text(Decision decision) {
        List<String> lines = new ArrayList<>();
        lines.add(decision instanceof Permit ? "yes" : "no: " + decision.code());
        lines.add(decision.explanation());
        remedies(decision).forEach(remedy -> lines.add("would suffice: " + remedy));
        return lines;
    }

    private static List<String> remedies(Decision decision) {
        return decision instanceof Deny.MissingPermission missing
                ? missing.minimalGrants().stream().map(MinimalGrant::text).toList()
                : List.of();
    }

    private static ObjectNode json(Decision decision) {
        ObjectNode document =
                Output.MAPPER
                        .createObjectNode()
                        .put("permitted", decision instanceof Permit)
                        .put("code", decision.code())
                        .put("explanation", decision.explanation());
        remedies(decision).forEach(document.putArray("suggestions")::add);
        return document;
    }
}
