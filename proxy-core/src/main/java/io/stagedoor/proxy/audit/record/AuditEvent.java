package io.stagedoor.proxy.audit.record;

import io.stagedoor.proxy.audit.fact.CallerFacts;
import io.stagedoor.proxy.audit.fact.DecisionFacts;
import io.stagedoor.proxy.audit.fact.JobEdge;
import io.stagedoor.proxy.audit.fact.JobKey;
import io.stagedoor.proxy.audit.fact.JobMention;
import io.stagedoor.proxy.audit.fact.Outcome;
import io.stagedoor.proxy.audit.fact.RequestFacts;
import io.stagedoor.proxy.audit.fact.UpstreamFacts;
import io.stagedoor.proxy.audit.fact.VersionFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What callers report to the trail. */
public sealed interface AuditEvent extends RecordBody {

    /**
     * That a request was decided.
     *
     * <p>A denied exchange ends with this record. A permitted one is open until a {@link Completed}
     * with the same request id follows.
     *
     * @param request what was asked
     * @param caller who asked; empty when no token was accepted
     * @param decision what was decided
     * @param versions what it was decided with
     * @param jobs the jobs the request itself names
     */
    record Decided(
            RequestFacts request,
            Optional<CallerFacts> caller,
            DecisionFacts decision,
            VersionFacts versions,
            List<JobMention> jobs)
            implements AuditEvent {

        /** Copies the jobs. */
        public Decided {
            jobs = List.copyOf(jobs);
        }

        @Override
        public String phase() {
            return "decided";
        }

        /** Tells whether a {@link Completed} must follow. */
        public boolean opensExchange() {
            return decision.verdict() == DecisionFacts.Verdict.PERMIT;
        }
    }

    /**
     * That a permitted exchange ended.
     *
     * @param requestId the id of the request that was decided
     * @param outcome how it ended
     * @param reason the code that the same request would have been refused with when the right to
     *     it went while it was under way
     * @param writer who says so
     * @param upstream what the upstream was asked and answered, as far as it came
     * @param jobs the jobs seen in the answer
     * @param edges how those jobs hang together
     * @param removed how many items of a list the caller did not get to see; empty if the list was
     *     not narrowed
     */
    record Completed(
            String requestId,
            Outcome outcome,
            Optional<String> reason,
            Writer writer,
            Optional<UpstreamFacts> upstream,
            List<JobMention> jobs,
            List<JobEdge> edges,
            OptionalInt removed)
            implements AuditEvent {

        /** Copies the lists. */
        public Completed {
            jobs = List.copyOf(jobs);
            edges = List.copyOf(edges);
        }

        /** Makes the end of an exchange that kept its right. */
        public Completed(
                String requestId,
                Outcome outcome,
                Writer writer,
                Optional<UpstreamFacts> upstream,
                List<JobMention> jobs,
                List<JobEdge> edges) {
            this(
                    requestId,
                    outcome,
                    Optional.empty(),
                    writer,
                    upstream,
                    jobs,
                    edges,
                    OptionalInt.empty());
        }

        /** Returns the same end, with the code of the refusal that brought it about. */
        public Completed because(Optional<String> code) {
            return new Completed(requestId, outcome, code, writer, upstream, jobs, edges, removed);
        }

        /** Returns the same end, of a list of which so many items were taken out. */
        public Completed narrowed(OptionalInt items) {
            return new Completed(requestId, outcome, reason, writer, upstream, jobs, edges, items);
        }

        @Override
        public String phase() {
            return "completed";
        }
    }

    /** Who wrote a {@link Completed}. */
    enum Writer {
        /** The exchange itself, when it ended. */
        EXCHANGE,
        /** The recovery after a crash, for an exchange that could not. */
        RECOVERY
    }

    /**
     * What the proxy saw, on its own account, of a run that was started through it.
     *
     * @param actor the identity it looked with
     * @param run the run
     * @param status what the service said of it, or why the proxy looks no more
     * @param edges which jobs led to which, as far as earlier records of the run do not say so
     */
    record Followed(String actor, JobKey run, String status, List<JobEdge> edges)
            implements AuditEvent {

        /** Copies the edges. */
        public Followed {
            edges = List.copyOf(edges);
        }

        @Override
        public String phase() {
            return "followed";
        }
    }

    /**
     * That somebody read the trail, or changed how the proxy works.
     *
     * @param actor who did it, as the system knows them
     * @param action such as `audit.job` or `config.reload`
     * @param subject what it was done to
     * @param details more, by name; written in name order
     */
    record Admin(String actor, String action, String subject, Map<String, String> details)
            implements AuditEvent {

        /** Copies the details. */
        public Admin {
            details = Map.copyOf(details);
        }

        @Override
        public String phase() {
            return "admin";
        }
    }
}
