package io.stagedoor.proxy.audit.print;

import io.stagedoor.proxy.audit.fact.JobKey;
import io.stagedoor.proxy.audit.fact.JobMention;
import io.stagedoor.proxy.audit.fact.JobMention.Role;
import io.stagedoor.proxy.audit.fact.RefreshFacts;
import io.stagedoor.proxy.audit.search.Exchange;
import io.stagedoor.proxy.audit.search.JobAnswer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A job's story as text: its name, what happened in order of time, and the jobs it belongs with.
 * Calls in a row that only asked, by one caller and with one result, are told in one line.
 */
final class JobText {
    private static final String DETAIL = " ".repeat(24);

    private final JobAnswer.Story story;
    private final Set<JobKey> known;
    private final StringBuilder out = new StringBuilder();

    private JobText(JobAnswer.Story story) {
        this.story = story;
        this.known = new HashSet<>(story.graph().jobs());
    }

    static String of(JobAnswer.Story story) {
        return new JobText(story).render();
    }

    private String render() {
        JobKey job = story.job();
        out.append(Plain.job(job)).append('\n');
        out.append(Plain.safe(job.platform() + ", " + job.workspace())).append("\n\n");
        for (List<Exchange> run : runs()) {
            run(run);
        }
        if (story.omitted() > 0) {
            out.append("  (and ")
                    .append(Plain.count(story.omitted(), "older call", "older calls"))
                    .append(" that only asked)\n\n");
        }
        if (story.graph().jobs().size() > 1) {
            out.append("linked jobs\n").append(JobTree.draw(story.graph(), job, "  "));
        }
        if (!story.graph().complete()) {
            out.append("  (there are more; ask for one of these to see them)\n");
        }
        return out.toString();
    }

    /** Puts calls together that a reader need not tell apart. */
    private List<List<Exchange>> runs() {
        List<List<Exchange>> runs = new ArrayList<>();
        for (Exchange exchange : story.exchanges()) {
            if (!runs.isEmpty() && alike(runs.getLast().getLast(), exchange)) {
                runs.getLast().add(exchange);
            } else {
                runs.add(new ArrayList<>(List.of(exchange)));
            }
        }
        return runs;
    }

    private boolean alike(Exchange one, Exchange other) {
        return onlyAsked(one)
                && onlyAsked(other)
                && one.who().equals(other.who())
                && Plain.operation(one.decided().request())
                        .equals(Plain.operation(other.decided().request()))
                && ExchangeText.result(one).equals(ExchangeText.result(other))
                && jobs(one).equals(jobs(other));
    }

    private void run(List<Exchange> run) {
        Exchange first = run.getFirst();
        if (onlyAsked(first) && !ExchangeText.isDenied(first)) {
            polls(run);
        } else {
            run.forEach(this::deed);
        }
    }

    private void polls(List<Exchange> run) {
        Exchange first = run.getFirst();
        Instant until = run.getLast().begin().time();
        line(first, "asked about by " + Plain.safe(first.who()));
        String often =
                run.size() == 1
                        ? ""
                        : String.format(
                                Locale.ROOT, ", %d times until %s", run.size(), Plain.time(until));
        detail(
                Plain.operation(first.decided().request())
                        + jobs(first)
                        + ", "
                        + ExchangeText.result(first)
                        + often);
        out.append('\n');
    }

    private void deed(Exchange exchange) {
        line(exchange, headline(exchange));
        detail("client    " + ExchangeText.client(exchange));
        detail(
                "asked     "
                        + Plain.operation(exchange.decided().request())
                        + " on "
                        + Plain.resource(exchange.decided().request()));
        detail("decided   " + ExchangeText.verdict(exchange.decided().decision()));
        for (String reason : ExchangeText.reasons(exchange.decided().decision())) {
            detail("          by " + reason);
        }
        for (String suggestion : ExchangeText.suggestions(exchange.decided().decision())) {
            detail("          it would take " + suggestion);
        }
        for (String seen : ExchangeText.evidence(exchange.decided().decision())) {
            detail("seen      " + seen);
        }
        detail("upstream  " + ExchangeText.upstream(exchange));
        detail("decision  " + Plain.safe(exchange.id()));
        out.append('\n');
    }

    private String headline(Exchange exchange) {
        String who = Plain.safe(exchange.who());
        String what = jobs(exchange);
        if (ExchangeText.isDenied(exchange)) {
            boolean held =
                    exchange.decided()
                            .decision()
                            .refresh()
                            .filter(RefreshFacts::isHeld)
                            .isPresent();
            return (held ? "HELD BACK " : "REFUSED   ") + who + what;
        }
        return switch (role(exchange)) {
            case STARTED -> "started by " + who + what;
            case CANCELLED ->
                    (ExchangeText.succeeded(exchange) ? "cancelled by " : "cancel asked for by ")
                            + who
                            + what;
            case TOUCHED -> "changed by " + who + what;
        };
    }

    private Role role(Exchange exchange) {
        Set<Role> roles = new HashSet<>();
        exchange.jobs().stream()
                .filter(mention -> known.contains(mention.job()))
                .map(JobMention::role)
                .forEach(roles::add);
        if (roles.contains(Role.STARTED)) {
            return Role.STARTED;
        }
        return roles.contains(Role.CANCELLED) ? Role.CANCELLED : Role.TOUCHED;
    }

    private boolean onlyAsked(Exchange exchange) {
        return role(exchange) == Role.TOUCHED && !exchange.decided().request().stateChanging();
    }

    /** Names the jobs of an exchange, unless it is about the one asked for alone. */
    private String jobs(Exchange exchange) {
        List<JobKey> others =
                exchange.jobs().stream()
                        .map(JobMention::job)
                        .filter(known::contains)
                        .distinct()
                        .toList();
        if (others.isEmpty() || others.contains(story.job())) {
            return "";
        }
        String more =
                others.size() > 1
                        ? String.format(Locale.ROOT, " and %d more", others.size() - 1)
                        : "";
        return ": " + Plain.job(others.getFirst()) + more;
    }

    private void line(Exchange exchange, String text) {
        out.append("  ").append(Plain.time(exchange.begin().time())).append("  ");
        out.append(text).append('\n');
    }

    private void detail(String text) {
        out.append(DETAIL).append(text).append('\n');
    }
}
