package io.stagedoor.policy.operation;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.Locale;

/** Reads the constant of an enum, with a complaint that lists what there is. */
final class EnumWords {

    private EnumWords() {}

    /**
     * Returns the constant of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    static <E extends Enum<E>> E valueOf(Class<E> type, String what, String name) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        String known =
                Arrays.stream(type.getEnumConstants())
                        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                        .collect(joining(", "));
        throw new IllegalArgumentException(
                what + " `" + name.toLowerCase(Locale.ROOT) + "` is none of " + known);
    }
}
