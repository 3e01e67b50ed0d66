package io.stagedoor.proxy.audit.verify;

import java.util.List;
import java.util.Optional;

/**
 * What an offline check of a journal found.
 *
 * @param integrity whether every record is as it was written: hashes, chain, segment digests
 * @param completeness whether every record is there: sequence, open exchanges, signs of life
 * @param segments how many segments were read
 * @param records how many whole records were read
 * @param head the last record, to be kept elsewhere as the anchor of the next check
 * @param notes what is worth knowing and no fault
 */
public record Verification(
        Verdict integrity,
        Verdict completeness,
        int segments,
        long records,
        Optional<Anchor> head,
        List<String> notes) {

    /** Copies the notes. */
    public Verification {
        notes = List.copyOf(notes);
    }

    /** Tells whether both verdicts are good. */
    public boolean isGood() {
        return integrity.isGood() && completeness.isGood();
    }
}
