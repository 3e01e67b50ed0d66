package io.stagedoor.proxy.audit.verify;

/**
 * Something that is not as it should be.
 *
 * @param place where
 * @param problem what, as a sentence without a full stop
 */
public record Finding(Place place, String problem) {

    /** Gives the finding as a person reads it. */
    public String text() {
        return place.text() + ": " + problem;
    }
}
