package io.stagedoor.proxy.directory.okta;

import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The link to the next page, in the {@code Link} fields of an answer (RFC 8288). */
final class NextLink {

    private static final Pattern LINK = Pattern.compile("<([^<>]*)>\\s*;([^<]*)");
    private static final Pattern NEXT =
            Pattern.compile("(?i)(^|;)\\s*rel\\s*=\\s*(\"next\"|next)\\s*($|;|,)");

    private NextLink() {}

    static Optional<String> of(HttpHeaders fields) {
        for (String field : fields.allValues("link")) {
            Matcher link = LINK.matcher(field);
            Optional<String> next = next(link);
            if (next.isPresent()) {
                return next;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> next(Matcher link) {
        while (link.find()) {
            if (NEXT.matcher(link.group(2)).find()) {
                return Optional.of(link.group(1));
            }
        }
        return Optional.empty();
    }
}
