package io.stagedoor.proxy.fuzz;

import io.stagedoor.policy.operation.OperationCatalogue;
import io.stagedoor.proxy.audit.journal.Journal;
import io.stagedoor.proxy.audit.segment.SegmentName;
import io.stagedoor.proxy.audit.testing.Journals;
import io.stagedoor.proxy.audit.testing.SomeEvents;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What the fuzzer begins with: lines of a file, the catalogue itself, and a journal just written. */
final class Seeds {

    private Seeds() {}

    /** Gives the seeds of a target; a folder is needed to write a journal in. */
    static List<byte[]> of(Targets target, Path folder) throws Exception {
        List<byte[]> seeds = new ArrayList<>(List.of(new byte[0], new byte[] {0}));
        for (String line : lines(target)) {
            seeds.add(line.getBytes(StandardCharsets.UTF_8));
        }
        if (target == Targets.CATALOGUE_MATCHING) {
            OperationCatalogue.synapse()
                    .operations()
                    .forEach(one -> seeds.add(bytes(one.method() + " " + one.path())));
        }
        if (target == Targets.JOURNAL_READING) {
            addJournal(seeds, folder);
        }
        return seeds;
    }

    private static byte[] bytes(String line) {
        return line.replace(" /", " ").getBytes(StandardCharsets.UTF_8);
    }

    private static void addJournal(List<byte[]> seeds, Path folder) throws Exception {
        try (Journal journal = Journals.open(folder)) {
            Journals.append(journal, SomeEvents.permitted("r1"));
            Journals.append(journal, SomeEvents.answered("r1"));
            Journals.append(journal, SomeEvents.denied("r2"));
        }
        byte[] written = Files.readAllBytes(folder.resolve(new SegmentName(1).fileName()));
        seeds.add(written);
        for (int end = 1; end < written.length; end += written.length / 20) {
            seeds.add(Arrays.copyOf(written, end));
        }
    }

    private static List<String> lines(Targets target) throws IOException {
        String name = target.name().toLowerCase(Locale.ROOT) + ".seeds";
        try (InputStream text = Seeds.class.getResourceAsStream(name)) {
            return text == null
                    ? List.of()
                    : new String(text.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
