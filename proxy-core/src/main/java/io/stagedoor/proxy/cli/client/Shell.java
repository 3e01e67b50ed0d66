package io.stagedoor.proxy.cli.client;

import java.util.List;
import java.util.stream.Collectors;

/** A shell, and how texts are written so that it takes them as they are. */
public enum Shell {
    /** A POSIX shell (IEEE 1003.1, chapter 2.2.2). */
    SH {
        @Override
        String quoted(String text) {
            return text.matches("[A-Za-z0-9_./:@%+=,-]+")
                    ? text
                    : "'" + text.replace("'", "'\\''") + "'";
        }

        @Override
        String assigned(String name, String value) {
            return "export " + name + "=" + quoted(value);
        }

        @Override
        String called(List<String> words) {
            return words.stream().map(this::quoted).collect(Collectors.joining(" "));
        }
    },

    /** PowerShell, where typographic quotes end a text as plain ones do. */
    POWERSHELL {
        @Override
        String quoted(String text) {
            return "'" + text.replaceAll("(['\u2018\u2019\u201a\u201b])", "$1$1") + "'";
        }

        @Override
        String assigned(String name, String value) {
            return "$env:" + name + " = " + quoted(value);
        }

        @Override
        String called(List<String> words) {
            return words.stream().map(this::quoted).collect(Collectors.joining(" ", "& ", ""));
        }
    };

    /** Gives a text as one word. */
    abstract String quoted(String text);

    /** Gives the line that sets a variable of the environment. */
    abstract String assigned(String name, String value);

    /** Gives the line that runs a program. */
    abstract String called(List<String> words);

    /** Gives a line that does nothing. */
    String noted(String text) {
        return "# " + text.replaceAll("\\R", " ");
    }
}
