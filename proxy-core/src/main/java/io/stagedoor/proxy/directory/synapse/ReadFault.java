package io.stagedoor.proxy.directory.synapse;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.Optional;

/** Says in one line what was wrong with a body, without quoting more of it than a name. */
final class ReadFault {

    private static final int LONGEST = 200;

    private ReadFault() {}

    static String of(IOException malformed) {
        String said =
                malformed instanceof JsonProcessingException json
                        ? json.getOriginalMessage()
                        : malformed.getMessage();
        String line =
                Optional.ofNullable(said).orElse("not JSON").replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
