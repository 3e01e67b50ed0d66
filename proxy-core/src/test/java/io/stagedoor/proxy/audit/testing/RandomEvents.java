package io.stagedoor.proxy.audit.testing;

import io.stagedoor.proxy.audit.fact.CallerFacts;
import io.stagedoor.proxy.audit.fact.DecisionFacts;
import io.stagedoor.proxy.audit.fact.JobEdge;
import io.stagedoor.proxy.audit.fact.JobKey;
import io.stagedoor.proxy.audit.fact.JobMention;
import io.stagedoor.proxy.audit.fact.Outcome;
import io.stagedoor.proxy.audit.fact.RefreshFacts;
import io.stagedoor.proxy.audit.fact.RequestFacts;
import io.stagedoor.proxy.audit.fact.ResourceKey;
import io.stagedoor.proxy.audit.fact.UpstreamFacts;
import io.stagedoor.proxy.audit.fact.VersionFacts;
import io.stagedoor.proxy.audit.record.AuditEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Events of every shape, the same for the same seed. */
public final class RandomEvents {
    private static final List<String> PIECES =
            List.of(
                    "nightly",
                    "\"",
                    "\\",
                    "\n",
                    "\r\n",
                    "\t",
                    "\u0000",
                    "\u001b[31m",
                    "\u007f",
                    "\u0085",
                    "é",
                    "中文",
                    "\uD83D\uDE80",
                    "\uD83D",
                    "\u202e",
                    "\u2028",
                    "/",
                    " ",
                    "{}",
                    "a".repeat(40));

    private final Random random;

    public RandomEvents(long seed) {
        this.random = new Random(seed);
    }

    public AuditEvent next(String requestId) {
        return switch (random.nextInt(6)) {
            case 0, 1 -> decided(requestId);
            case 2, 3 -> completed(requestId);
            case 4 -> followed();
            default -> admin();
        };
    }

    public AuditEvent.Decided decided(String requestId) {
        return new AuditEvent.Decided(
                new RequestFacts(
                        requestId,
                        optional(this::text),
                        text(),
                        text(),
                        optional(this::text),
                        random.nextBoolean(),
                        optional(this::resource),
                        new RequestFacts.ClientFacts(
                                text(), optional(this::text), optional(this::text))),
                optional(this::caller),
                decision(),
                new VersionFacts(
                        optional(this::text),
                        optional(() -> Duration.ofMillis(random.nextInt(100_000))),
                        optional(() -> Duration.ofMillis(random.nextInt(100_000))),
                        text()),
                list(this::mention));
    }

    public AuditEvent.Completed completed(String requestId) {
        return new AuditEvent.Completed(
                        requestId,
                        one(Outcome.values()),
                        one(AuditEvent.Writer.values()),
                        optional(this::upstream),
                        list(this::mention),
                        list(() -> new JobEdge(job(), job())))
                .narrowed(
                        random.nextBoolean()
                                ? OptionalInt.of(random.nextInt(5000))
                                : OptionalInt.empty());
    }

    private AuditEvent.Followed followed() {
        return new AuditEvent.Followed(
                text(), job(), text(), list(() -> new JobEdge(job(), job())));
    }

    private AuditEvent.Admin admin() {
        Map<String, String> details = new HashMap<>();
        list(this::text).forEach(name -> details.put(name, text()));
        return new AuditEvent.Admin(text(), text(), text(), details);
    }

    private CallerFacts caller() {
        return new CallerFacts(
                new CallerFacts.PrincipalFacts(
                        text(), "user-" + random.nextInt(5), text(), optional(this::text)),
                optional(this::text),
                list(this::text),
                new CallerFacts.GroupFacts(
                        random.nextInt(300),
                        random.nextBoolean(),
                        optional(this::text),
                        random.nextBoolean()),
                new CallerFacts.TokenFacts(
                        text(), optional(this::text), optional(this::text), optional(this::text)));
    }

    private DecisionFacts decision() {
        return new DecisionFacts(
                one(DecisionFacts.Verdict.values()),
                "code-" + random.nextInt(4),
                text(),
                new DecisionFacts.Basis(
                        list(this::requirement),
                        list(this::assignment),
                        list(this::requirement),
                        list(this::suggestion)),
                optional(this::text),
                micros(),
                optional(this::refresh),
                random.nextBoolean());
    }

    private RefreshFacts refresh() {
        return new RefreshFacts(
                text(),
                optional(this::text),
                optional(this::text),
                list(() -> new RefreshFacts.Check(text(), text(), text(), time())),
                optional(this::time));
    }

    private Instant time() {
        return Instant.ofEpochSecond(random.nextInt(2_000_000_000), random.nextInt(1_000_000_000));
    }

    private DecisionFacts.Requirement requirement() {
        return new DecisionFacts.Requirement(text(), text(), optional(this::text));
    }

    private DecisionFacts.Assignment assignment() {
        return new DecisionFacts.Assignment(
                text(), text(), text(), text(), text(), optional(this::text), optional(this::text));
    }

    private DecisionFacts.Suggestion suggestion() {
        return new DecisionFacts.Suggestion(
                list(() -> new DecisionFacts.RoleAtScope(text(), text(), optional(this::text))));
    }

    private UpstreamFacts upstream() {
        return new UpstreamFacts(
                text(),
                text(),
                optional(() -> 100 + random.nextInt(500)),
                optional(this::text),
                new UpstreamFacts.Traffic(random.nextInt(9999), random.nextLong(1L << 40)),
                micros(),
                1 + random.nextInt(3),
                optional(this::text));
    }

    private ResourceKey resource() {
        return new ResourceKey(
                "synapse",
                "ws" + random.nextInt(2),
                one("pipeline", "notebook"),
                optional(() -> "name-" + random.nextInt(4)));
    }

    private JobMention mention() {
        return new JobMention(one(JobMention.Role.values()), job());
    }

    public JobKey job() {
        return new JobKey(
                "synapse",
                "ws1",
                optional(() -> "pool" + random.nextInt(2)),
                one("livyBatch", "pipelineRun"),
                Integer.toString(random.nextInt(12)));
    }

    public String text() {
        return IntStream.range(0, random.nextInt(4))
                .mapToObj(ignored -> PIECES.get(random.nextInt(PIECES.size())))
                .reduce("t", String::concat);
    }

    private Duration micros() {
        return Duration.ofNanos(1000L * random.nextInt(1_000_000));
    }

    private <T> Optional<T> optional(Supplier<T> value) {
        return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }

    private <T> List<T> list(Supplier<T> element) {
        return Stream.generate(element).limit(random.nextInt(3)).toList();
    }

    @SafeVarargs
    private <T> T one(T... values) {
        return values[random.nextInt(values.length)];
    }
}
