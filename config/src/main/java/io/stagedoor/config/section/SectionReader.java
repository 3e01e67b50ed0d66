package io.stagedoor.config.section;

import java.util.Optional;

/** Reads one section; ends by {@link Section#build}, which finds the keys nobody asked for. */
@FunctionalInterface
public interface SectionReader<T> {

    /** Returns what the section says, or nothing if there is a complaint about it. */
    Optional<T> read(Section in);
}
