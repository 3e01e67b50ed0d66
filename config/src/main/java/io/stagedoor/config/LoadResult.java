package io.stagedoor.config;

import io.stagedoor.config.text.ConfigProblem;
import java.util.List;

/** What became of a configuration file: values, or every complaint about it. */
public sealed interface LoadResult {

    /** Returns the complaints that leave the configuration usable, in the order of the files. */
    List<ConfigProblem> warnings();

    /** The whole configuration. */
    record Ok(StagedoorConfig config, List<ConfigProblem> warnings) implements LoadResult {

        /** Copies the list. */
        public Ok {
            warnings = List.copyOf(warnings);
        }
    }

    /** Nothing: at least one problem, in the order of the files. */
    record Bad(List<ConfigProblem> problems, List<ConfigProblem> warnings) implements LoadResult {

        /** Copies the lists. */
        public Bad {
            problems = List.copyOf(problems);
            warnings = List.copyOf(warnings);
        }
    }
}
