package io.stagedoor.proxy.fuzz;

import java.util.function.Consumer;

/** The targets; each has its seeds in a folder of its name in lower case. */
enum Targets {
    /** Request targets: {@link TargetParsing}. */
    TARGET_PARSING(TargetParsing.class, TargetParsing::fuzzerTestOneInput),
    /** Tokens before any signature is checked: {@link TokenReading}. */
    TOKEN_READING(TokenReading.class, TokenReading::fuzzerTestOneInput),
    /** Finding an operation: {@link CatalogueMatching}. */
    CATALOGUE_MATCHING(CatalogueMatching.class, CatalogueMatching::fuzzerTestOneInput),
    /** Reading a journal: {@link JournalReading}. */
    JOURNAL_READING(JournalReading.class, JournalReading::fuzzerTestOneInput);

    private final Class<?> type;

    @SuppressWarnings("ImmutableEnumChecker") // a method reference holds nothing
    private final Consumer<byte[]> run;

    Targets(Class<?> type, Consumer<byte[]> run) {
        this.type = type;
        this.run = run;
    }

    /** Gives the class that Jazzer is told of. */
    Class<?> type() {
        return type;
    }

    /** Takes one input. */
    void take(byte[] input) {
        run.accept(input);
    }
}
