package io.stagedoor.config.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads the bytes of one YAML 1.2 document into a tree of nodes with positions.
 *
 * <p>A plain subset: UTF-8 only, at most 1 MiB, one document, at most 32 levels, no anchors,
 * aliases, tags, merge keys or keys that are not a single value. Nothing is ever constructed by
 * name.
 */
public final class YamlReader {

    /** The longest file that is read, in bytes. */
    public static final int MAX_BYTES = 1 << 20;

    private static final String SYNTAX_HELP =
            "correct the YAML; nothing else of this file could be checked";

    private YamlReader() {}

    /**
     * Reads a document. An empty file is an empty mapping.
     *
     * @param problems takes every complaint
     * @return the root, or nothing if the text could not be read as YAML at all
     */
    public static Optional<YamlNode> read(byte[] bytes, Problems problems) {
        if (bytes.length > MAX_BYTES) {
            problems.add(
                    Position.START,
                    "the file is larger than the 1 MiB allowed",
                    "move role assignments to the access file, or split the workspaces");
            return Optional.empty();
        }
        return decode(bytes, problems).flatMap(text -> parse(text, problems));
    }

    private static Optional<String> decode(byte[] bytes, Problems problems) {
        CharsetDecoder decoder =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer decoded = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), decoded, true);
        String text = decoded.flip().toString();
        if (result.isError()) {
            problems.add(
                    Lines.end(text),
                    "the file is not UTF-8: a byte here belongs to no character",
                    "save the file in UTF-8");
            return Optional.empty();
        }
        return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    private static Optional<YamlNode> parse(String text, Problems problems) {
        LoadSettings settings =
                LoadSettings.builder()
                        .setCodePointLimit(MAX_BYTES + 1)
                        .setUseMarks(true)
                        .setParseComments(false)
                        .build();
        try {
            return new TreeBuilder(new Parse(settings).parseString(text).iterator(), problems)
                    .document();
        } catch (MarkedYamlEngineException e) {
            problems.add(
                    e.getProblemMark().or(e::getContextMark).map(Lines::of).orElse(Position.START),
                    "this is not YAML: " + oneLine(e.getProblem()),
                    SYNTAX_HELP);
        } catch (ReaderException e) {
            problems.add(
                    Lines.at(text, e.getPosition()),
                    "the character with code " + e.getCodePoint() + " may not stand in YAML",
                    "remove it, or write it as an escape in double quotes");
        } catch (YamlEngineException e) {
            problems.add(Position.START, "this is not YAML", SYNTAX_HELP);
        }
        return Optional.empty();
    }

    private static String oneLine(String problem) {
        return problem.replaceAll("\\R", " ").strip();
    }
}
