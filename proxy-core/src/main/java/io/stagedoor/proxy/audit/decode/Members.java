package io.stagedoor.proxy.audit.decode;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The members of a JSON object, asked for by name and type; members nobody asks for are let be. */
record Members(JsonNode node) {

    /** Reads one element of a list. */
    @FunctionalInterface
    interface Reading<T> {
        T from(Members members) throws MalformedRecordException;
    }

    String text(String name) throws MalformedRecordException {
        JsonNode member = node.path(name);
        if (!member.isTextual()) {
            throw new MalformedRecordException("`" + name + "` is not a text");
        }
        return member.textValue();
    }

    Optional<String> optionalText(String name) throws MalformedRecordException {
        return has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    long number(String name) throws MalformedRecordException {
        JsonNode member = node.path(name);
        if (!member.isIntegralNumber() || !member.canConvertToLong()) {
            throw new MalformedRecordException("`" + name + "` is not a whole number");
        }
        return member.longValue();
    }

    int integer(String name) throws MalformedRecordException {
        return Math.toIntExact(number(name));
    }

    boolean flag(String name) throws MalformedRecordException {
        JsonNode member = node.path(name);
        if (!member.isBoolean()) {
            throw new MalformedRecordException("`" + name + "` is not true or false");
        }
        return member.booleanValue();
    }

    Instant time(String name) throws MalformedRecordException {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeException e) {
            throw new MalformedRecordException("`" + name + "` is not a time", e);
        }
    }

    <E extends Enum<E>> E word(String name, Class<E> words) throws MalformedRecordException {
        try {
            return Enum.valueOf(words, text(name).toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new MalformedRecordException("`" + name + "` has an unknown word", e);
        }
    }

    Members object(String name) throws MalformedRecordException {
        JsonNode member = node.path(name);
        if (!member.isObject()) {
            throw new MalformedRecordException("`" + name + "` is not an object");
        }
        return new Members(member);
    }

    <T> Optional<T> optional(String name, Reading<T> reading) throws MalformedRecordException {
        return has(name) ? Optional.of(reading.from(object(name))) : Optional.empty();
    }

    <T> List<T> list(String name, Reading<T> reading) throws MalformedRecordException {
        List<T> read = new ArrayList<>();
        for (JsonNode element : array(name)) {
            read.add(reading.from(new Members(element)));
        }
        return read;
    }

    List<String> texts(String name) throws MalformedRecordException {
        List<String> read = new ArrayList<>();
        for (JsonNode element : array(name)) {
            read.add(element.asText());
        }
        return read;
    }

    boolean has(String name) {
        return node.has(name);
    }

    private JsonNode array(String name) throws MalformedRecordException {
        JsonNode member = node.path(name);
        if (!member.isArray()) {
            throw new MalformedRecordException("`" + name + "` is not a list");
        }
        return member;
    }
}
