package io.stagedoor.proxy;

import io.stagedoor.config.directory.DirectoryConfig;
import io.stagedoor.config.directory.DirectoryKind;
import io.stagedoor.config.directory.MappedGroup;
import io.stagedoor.proxy.directory.groups.GroupFinding;
import io.stagedoor.proxy.doctor.Check;
import io.stagedoor.proxy.doctor.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Tries out a directory that is asked for groups, as the proxy does when it starts: whether it
 * answers, and which permission is missing. Of one that pushes, it looks at the folder.
 *
 * @param config the directory
 * @param mapped the groups that are mapped
 * @param means what it is asked with
 */
record DirectoryCheck(DirectoryConfig config, List<MappedGroup> mapped, GroupMeans means)
        implements Check {

    private static final String HELP =
            "grant the application what is named, with an administrator's consent, and check the"
                    + " credential";

    @Override
    public String subject() {
        return "directory " + config.name();
    }

    @Override
    public List<Finding> examine() {
        try {
            return switch (config.from()) {
                case DirectoryKind.Graph graph -> asked(DirectoryParts.of(config, graph, means));
                case DirectoryKind.Okta okta ->
                        asked(DirectoryParts.of(config, okta, mapped, means));
                case DirectoryKind.Scim scim -> List.of(folder(scim.folder()));
            };
        } catch (IOException unreadable) {
            return List.of(
                    Finding.fail(
                            subject(),
                            String.valueOf(unreadable.getMessage()),
                            "check `trusted_certificates`"));
        }
    }

    private List<Finding> asked(DirectoryParts parts) {
        try (parts) {
            return parts.groups().examine().stream().map(this::finding).toList();
        }
    }

    private Finding finding(GroupFinding found) {
        String sentence = found.name() + ": " + found.detail();
        return found.good()
                ? Finding.ok(subject(), sentence)
                : Finding.fail(subject(), sentence, HELP);
    }

    private Finding folder(Path folder) {
        return Files.isDirectory(folder) && Files.isWritable(folder)
                ? Finding.ok(subject(), "what is pushed is kept in `" + folder + "`")
                : Finding.fail(
                        subject(),
                        "`" + folder + "` is no folder that can be written",
                        "make it, writable for the proxy alone");
    }
}
