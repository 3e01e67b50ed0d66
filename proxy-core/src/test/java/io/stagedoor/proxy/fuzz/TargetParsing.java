package io.stagedoor.proxy.fuzz;

import io.stagedoor.proxy.http.CanonicalTarget;
import io.stagedoor.proxy.http.TargetOracle;
import io.stagedoor.proxy.refusal.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A request target is refused, or read as the rules read it, and forwarded octet for octet. */
public final class TargetParsing {

    private TargetParsing() {}

    /** Takes a request target, one character an octet. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.ISO_8859_1);
        Law.holds(
                parsed(text).equals(TargetOracle.segments(text)), "two readings of `" + text + "`");
    }

    private static Optional<List<String>> parsed(String text) {
        try {
            CanonicalTarget target = CanonicalTarget.parse(text);
            String parts = target.rawPath() + target.rawQuery().map(one -> "?" + one).orElse("");
            Law.holds(target.raw().equals(text) && parts.equals(text), "other octets go on");
            for (int count = 0; count <= target.segments().size(); count++) {
                checkStripped(target, count);
            }
            return Optional.of(target.segments());
        } catch (RefusedException _) {
            return Optional.empty();
        }
    }

    private static void checkStripped(CanonicalTarget target, int count) throws RefusedException {
        CanonicalTarget stripped = target.withPrefixStripped(count);
        CanonicalTarget again = CanonicalTarget.parse(stripped.raw());
        List<String> rest = target.segments().subList(count, target.segments().size());
        Law.holds(again.segments().equals(stripped.segments()), "what goes on reads otherwise");
        Law.holds(again.segments().equals(rest), "more or less than the prefix was taken off");
        Law.holds(again.rawQuery().equals(target.rawQuery()), "the query changed");
    }
}
