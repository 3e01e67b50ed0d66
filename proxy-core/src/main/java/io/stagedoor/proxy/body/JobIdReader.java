package io.stagedoor.proxy.body;

import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.operation.JobIdEdge;
import io.stagedoor.policy.operation.JobIdRule;
import io.stagedoor.policy.operation.JobIdRule.Where;
import io.stagedoor.policy.operation.OperationTraits;
import io.stagedoor.proxy.http.Fields;
import io.stagedoor.proxy.http.MediaTypes;
import io.stagedoor.proxy.http.RequestHead;
import io.stagedoor.proxy.http.ResponseHead;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the job ids that one exchange shows, at the places its operation's rules name.
 *
 * <p>Bodies are watched as they pass, up to a bound in octets and ids; whatever is absent, odd or
 * beyond the bound is left out, and nothing here ever fails the exchange. Confined to the thread of
 * its exchange: the request's parts first, then the response's.
 */
public final class JobIdReader {

    /** How far into each body is looked unless told otherwise: 256 KiB. */
    public static final int DEFAULT_LIMIT = 256 << 10;

    /** The most ids kept of one body: reading a long list is not acting on its jobs. */
    public static final int MOST_IDS = 256;

    /** The most edges kept of one exchange. */
    public static final int MOST_EDGES = 1024;

    private static final int MOST_HITS = MOST_IDS * 4;
    private static final Pattern ID = Pattern.compile("[^\\p{Cntrl}/]{1,256}");

    /** An id together with what the stars of its pointer stood for. */
    private record Found(JobId job, List<String> stars) {}

    private final BoundOperation operation;
    private final OperationTraits traits;
    private final int limit;
    private final Map<JobIdRule, List<Found>> found = new LinkedHashMap<>();
    private final Watch request;
    private final Watch response;
    private boolean unreadable;
    private boolean failed;

    /**
     * Makes a reader for one exchange.
     *
     * @param limit how many octets of each body to look at
     */
    public JobIdReader(BoundOperation operation, int limit) {
        this.operation = operation;
        this.traits = operation.operation().traits();
        this.limit = limit;
        this.request = new Watch(Where.REQUEST_BODY);
        this.response = new Watch(Where.RESPONSE_BODY);
    }

    /** Reads the ids of the request's path and query. */
    public void request(RequestHead head) {
        request.expect(head.fields());
        for (JobIdRule rule : traits.jobIds()) {
            Optional<String> id =
                    switch (rule.where()) {
                        case PATH -> Optional.ofNullable(operation.parameters().get(rule.at()));
                        case QUERY -> head.target().query(rule.at());
                        case REQUEST_BODY, RESPONSE_HEADER, RESPONSE_BODY -> Optional.empty();
                    };
            id.ifPresent(text -> keep(rule, text, List.of(), Map.of()));
        }
    }

    /** Reads the ids of an operation's path and of a whole answer to it. */
    public static JobIds ofAnswer(BoundOperation operation, byte[] body) {
        JobIdReader reader = new JobIdReader(operation, body.length);
        for (JobIdRule rule : reader.traits.jobIds()) {
            if (rule.where() == Where.PATH) {
                Optional.ofNullable(operation.parameters().get(rule.at()))
                        .ifPresent(id -> reader.keep(rule, id, List.of(), Map.of()));
            }
        }
        reader.responseBody(ByteBuffer.wrap(body));
        return reader.finish();
    }

    /** Returns the jobs found so far at the place of one rule, for example of a client-chosen id. */
    public List<JobId> foundAt(JobIdRule rule) {
        return found.getOrDefault(rule, List.of()).stream().map(Found::job).distinct().toList();
    }

    /** Looks at the next octets of the request's body; the buffer is left as it is. */
    public void requestBody(ByteBuffer piece) {
        request.accept(piece);
    }

    /** Reads the ids of the response's fields; a failure shows none, in its body neither. */
    public void response(ResponseHead head) {
        failed = !head.isSuccess();
        unreadable = !failed && !head.isIdentityCoded();
        if (failed) {
            return;
        }
        response.expect(head.fields());
        for (JobIdRule rule : traits.jobIds()) {
            if (rule.where() == Where.RESPONSE_HEADER) {
                fieldId(head.fields(), rule.at())
                        .ifPresent(id -> keep(rule, id, List.of(), Map.of()));
            }
        }
    }

    /** Looks at the next octets of the response's body; the buffer is left as it is. */
    public void responseBody(ByteBuffer piece) {
        if (!unreadable && !failed) {
            response.accept(piece);
        }
    }

    /** Returns what was found; called once, at the end of the exchange. */
    public JobIds finish() {
        request.collect();
        response.collect();
        List<JobIds.Mention> mentions = new ArrayList<>();
        found.forEach(
                (rule, ids) ->
                        ids.stream()
                                .map(id -> new JobIds.Mention(id.job(), rule))
                                .distinct()
                                .forEach(mentions::add));
        Set<JobIds.Edge> edges = new LinkedHashSet<>();
        traits.jobIdEdges().forEach(edge -> link(edge, edges));
        boolean truncated =
                request.truncated
                        || response.truncated
                        || (unreadable && response.isNeeded())
                        || edges.size() >= MOST_EDGES;
        return new JobIds(mentions, List.copyOf(edges), truncated);
    }

    private void keep(
            JobIdRule rule, String value, List<String> stars, Map<String, String> qualifiers) {
        String text = rule.elsewhere().isPresent() ? QuotedJob.idIn(value) : value;
        if (!ID.matcher(text).matches() || text.isBlank() || text.startsWith("-")) {
            return;
        }
        List<String> within = new ArrayList<>();
        for (String part : rule.within()) {
            Optional<String> name =
                    part.contains("/")
                            ? Optional.ofNullable(qualifiers.get(part))
                            : operation.resource(part);
            name.filter(known -> !known.isBlank()).ifPresent(within::add);
        }
        if (within.size() == rule.within().size()) {
            JobId job =
                    rule.elsewhere()
                            .map(platform -> JobId.somewhere(platform, rule.kind(), text))
                            .orElseGet(() -> here(rule, within, text));
            found.computeIfAbsent(rule, _ -> new ArrayList<>()).add(new Found(job, stars));
        }
    }

    private JobId here(JobIdRule rule, List<String> within, String text) {
        return new JobId(
                operation.operation().platform(),
                operation.root().rootName(),
                rule.kind(),
                within,
                text);
    }

    /** Of a field that holds a URL the id is the last segment of its path. */
    private static Optional<String> fieldId(Fields fields, String name) {
        return fields.first(name)
                .map(value -> value.replaceFirst("[?#].*", ""))
                .map(value -> value.substring(value.lastIndexOf('/') + 1).strip());
    }

    private void link(JobIdEdge edge, Set<JobIds.Edge> edges) {
        int shared = starsShared(edge);
        Map<List<String>, List<JobId>> parents = new HashMap<>();
        for (Found parent : found.getOrDefault(edge.parent(), List.of())) {
            parents.computeIfAbsent(first(parent.stars(), shared), _ -> new ArrayList<>())
                    .add(parent.job());
        }
        for (Found child : found.getOrDefault(edge.child(), List.of())) {
            parents.getOrDefault(first(child.stars(), shared), List.of()).stream()
                    .filter(parent -> !parent.equals(child.job()) && edges.size() < MOST_EDGES)
                    .forEach(parent -> edges.add(new JobIds.Edge(parent, child.job())));
        }
    }

    private static int starsShared(JobIdEdge edge) {
        boolean bothInResponse =
                edge.parent().where() == Where.RESPONSE_BODY
                        && edge.child().where() == Where.RESPONSE_BODY;
        return bothInResponse
                ? Pointer.parse(edge.parent().at()).starsShared(Pointer.parse(edge.child().at()))
                : 0;
    }

    private static List<String> first(List<String> stars, int count) {
        return stars.subList(0, Math.min(count, stars.size()));
    }

    /** The watch over one body: its scan, and how much of the bound is left. */
    private final class Watch {

        private final List<JobIdRule> rules;
        private final PointerTree tree;
        private Optional<Scan> scan;
        private int left = limit;
        private boolean truncated;

        private Watch(Where where) {
            this.rules = traits.jobIds().stream().filter(rule -> rule.where() == where).toList();
            Set<String> pointers = new LinkedHashSet<>();
            for (JobIdRule rule : rules) {
                pointers.add(rule.at());
                rule.within().stream().filter(part -> part.contains("/")).forEach(pointers::add);
                rule.condition().map(JobIdRule.Condition::pointer).ifPresent(pointers::add);
            }
            this.tree = PointerTree.of(pointers);
            this.scan =
                    rules.isEmpty() ? Optional.empty() : Optional.of(new JsonScan(tree, MOST_HITS));
        }

        /** Reads XML where the head says that it comes; JSON, which most of it is, else. */
        private void expect(Fields fields) {
            if (scan.isPresent()
                    && fields.first("content-type").map(MediaTypes::isXml).orElse(false)) {
                scan = Optional.of(new XmlScan(tree, MOST_HITS));
            }
        }

        private boolean isNeeded() {
            return scan.isPresent();
        }

        private void accept(ByteBuffer piece) {
            if (scan.isEmpty() || truncated) {
                return;
            }
            int taken = Math.min(left, piece.remaining());
            scan.get().accept(piece.slice(piece.position(), taken));
            left -= taken;
            truncated = scan.get().isBroken() || taken < piece.remaining();
        }

        private void collect() {
            List<Scan.Hit> hits = scan.map(Scan::hits).orElse(List.of());
            truncated |= scan.map(Scan::isBroken).orElse(false);
            for (JobIdRule rule : rules) {
                List<Scan.Hit> ids =
                        hits.stream()
                                .filter(hit -> hit.pointer().equals(rule.at()))
                                .filter(hit -> holds(rule, hit, hits))
                                .toList();
                ids.stream()
                        .limit(MOST_IDS)
                        .forEach(id -> keep(rule, id.value(), id.stars(), within(rule, id, hits)));
                truncated |= ids.size() > MOST_IDS;
            }
        }

        /** Returns whether what the rule also asks for stands in the same element. */
        private static boolean holds(JobIdRule rule, Scan.Hit id, List<Scan.Hit> hits) {
            return rule.condition().isEmpty()
                    || hits.stream()
                            .filter(hit -> hit.pointer().equals(rule.condition().get().pointer()))
                            .filter(
                                    hit ->
                                            hit.stars()
                                                    .equals(first(id.stars(), hit.stars().size())))
                            .anyMatch(hit -> rule.condition().get().isMetBy(hit.value()));
        }

        /** Returns the values at the qualifiers' pointers whose stars stood for the same elements. */
        private static Map<String, String> within(
                JobIdRule rule, Scan.Hit id, List<Scan.Hit> hits) {
            Map<String, String> values = new HashMap<>();
            for (Scan.Hit hit : rule.within().isEmpty() ? List.<Scan.Hit>of() : hits) {
                if (rule.within().contains(hit.pointer())
                        && hit.stars().equals(first(id.stars(), hit.stars().size()))) {
                    values.putIfAbsent(hit.pointer(), hit.value());
                }
            }
            return values;
        }
    }
}
