package io.stagedoor.proxy.http;

import io.stagedoor.policy.operation.Platform;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/** The form of error that a client understands, since it was written for one platform. */
public enum Dialect {
    /** The Azure error contract, JSON: Synapse, Livy and Azure Resource Manager. */
    AZURE,
    /** Tableau's {@code tsResponse} document, XML. */
    TABLEAU_XML,
    /** Tableau's errors in JSON. */
    TABLEAU_JSON;

    private static final String JSON = "application/json";
    private static final String XML = "application/xml";

    /**
     * Chooses the dialect of a request to a platform.
     *
     * <p>Tableau answers in XML unless JSON is asked for (RFC 9110, section 12.5.1); a client that
     * takes either gets what it sends itself.
     *
     * @param accept the value of the Accept field, if there is one
     * @param contentType the value of the Content-Type field, if there is one
     */
    public static Dialect of(
            Platform platform, Optional<String> accept, Optional<String> contentType) {
        return switch (platform) {
            case SYNAPSE, DATA_FACTORY -> AZURE;
            case TABLEAU -> isJsonAskedFor(accept, contentType) ? TABLEAU_JSON : TABLEAU_XML;
        };
    }

    private static boolean isJsonAskedFor(Optional<String> accept, Optional<String> contentType) {
        String ranges = accept.filter(value -> !value.isBlank()).orElse("*/*");
        int json = weight(ranges, JSON, "text/json");
        int xml = weight(ranges, XML, "text/xml");
        return json == xml ? contentType.filter(MediaTypes::isJson).isPresent() : json > xml;
    }

    /**
     * Returns the weight, in thousandths, of the most specific range that takes one of two names of a
     * type; of equal weights the one that is named more precisely is the greater.
     */
    private static int weight(String ranges, String type, String otherName) {
        int specific = -1;
        int weight = 0;
        for (String part : ranges.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] words = part.split(";", -1);
            int rank = rank(words[0].strip(), type, otherName);
            if (rank > specific || (rank == specific && rank >= 0)) {
                int quality = quality(words);
                weight = rank > specific ? quality : Math.max(weight, quality);
                specific = rank;
            }
        }
        return weight == 0 ? 0 : weight * 3 + specific;
    }

    private static int rank(String range, String type, String otherName) {
        if (range.equals(type) || range.equals(otherName)) {
            return 2;
        }
        boolean family = range.equals("application/*") || range.equals("text/*");
        return family ? 1 : range.equals("*/*") ? 0 : -1;
    }

    private static int quality(String... words) {
        for (int i = 1; i < words.length; i++) {
            String word = words[i].strip();
            if (word.startsWith("q=")) {
                return qvalue(word.substring(2).strip());
            }
        }
        return 1000;
    }

    /** What is no weight (RFC 9110, section 12.4.2) weighs nothing. */
    private static int qvalue(String text) {
        return text.matches("[01](\\.[0-9]{0,3})?")
                ? new BigDecimal(text).movePointRight(3).intValue()
                : 0;
    }
}
