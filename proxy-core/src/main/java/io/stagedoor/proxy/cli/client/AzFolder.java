package io.stagedoor.proxy.cli.client;

import io.stagedoor.proxy.cli.profile.PrivateFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A configuration folder of its own for az, in which the cloud's Synapse suffix leads to the proxy, so
 * that the person's own {@code ~/.azure} stays as it is.
 *
 * @param folder the folder
 * @param suffix with its dot, such as {@code .dev.synapse.example.com}
 */
public record AzFolder(PrivateFolder folder, String suffix) {
    private static final String FILE = "clouds.config";
    private static final String SECTION = "[AzureCloud]";
    private static final String KEY = "suffix_synapse_analytics_endpoint";

    /**
     * Makes the folder, or brings it up to date, and gives the variables that lead az to it.
     *
     * @param environment the person's own, which says where their extensions are
     * @param userHome the person's folder
     */
    public Map<String, String> prepared(Map<String, String> environment, Path userHome) {
        String before = folder.read(FILE).orElse("");
        String after = with(before, suffix);
        if (!after.equals(before)) {
            folder.write(FILE, after);
        }
        Map<String, String> variables = new HashMap<>();
        variables.put("AZURE_CONFIG_DIR", folder.file("").toString());
        if (!environment.containsKey("AZURE_EXTENSION_DIR")) {
            variables.put("AZURE_EXTENSION_DIR", extensions(environment, userHome).toString());
        }
        return variables;
    }

    private static Path extensions(Map<String, String> environment, Path userHome) {
        String own = environment.getOrDefault("AZURE_CONFIG_DIR", "");
        Path folder = own.isEmpty() ? userHome.resolve(".azure") : Path.of(own);
        return folder.resolve("cliextensions");
    }

    /** Gives the file with the suffix in it; the rest is az's own, such as the subscription. */
    static String with(String text, String suffix) {
        List<String> lines = new ArrayList<>();
        boolean inSection = false;
        boolean written = false;
        for (String line : text.lines().toList()) {
            inSection = line.startsWith("[") ? line.strip().equals(SECTION) : inSection;
            if (!inSection || !isKey(line)) {
                lines.add(line);
            }
            if (inSection && !written) {
                lines.add(KEY + " = " + suffix);
                written = true;
            }
        }
        if (!written) {
            lines.addAll(List.of(SECTION, KEY + " = " + suffix));
        }
        return String.join("\n", lines) + "\n";
    }

    private static boolean isKey(String line) {
        return line.split("[=:]", 2)[0].strip().equals(KEY);
    }
}
