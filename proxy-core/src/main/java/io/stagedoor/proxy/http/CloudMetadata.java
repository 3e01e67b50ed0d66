package io.stagedoor.proxy.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/**
 * The document by which a client of Azure Resource Manager learns where all of a cloud's services are:
 * with Resource Manager and the Synapse workspaces at the proxy, and all else, sign-in above all,
 * where it really is.
 *
 * <p>It is asked for before anybody signs in and says nothing that is not public. In the form of
 * 2015-01-01 ({@code az cloud register --endpoint-resource-manager}) it cannot name Synapse; since
 * 2019-05-01 it is an array of clouds (az with {@code ARM_CLOUD_METADATA_URL}), since 2022-09-01 one
 * cloud (Terraform's provider). Immutable and safe for any thread.
 */
public final class CloudMetadata {

    private static final String FIRST = "2019-05-01";
    private static final String SINGLE = "2022-09-01";
    private static final String FOLDER = "clouds/";

    private final String cloud;
    private final String old;
    private final String synapse;
    private final boolean ownSynapse;

    private CloudMetadata(String cloud, String old, String synapse, boolean ownSynapse) {
        this.cloud = cloud;
        this.old = old;
        this.synapse = synapse;
        this.ownSynapse = ownSynapse;
    }

    /**
     * Makes the document of a cloud.
     *
     * @param cloud its short name: {@code public}, {@code government} or {@code china}
     * @param cloudsSynapse what a workspace's name is followed by in that cloud, without the dot
     * @param proxysSynapse what it is followed by at the proxy, without dot and port, if one suffix
     *     leads to the workspaces there
     * @throws IllegalArgumentException if there is no such cloud
     */
    public static CloudMetadata of(
            String cloud, String cloudsSynapse, Optional<String> proxysSynapse) {
        return new CloudMetadata(
                read(cloud + ".json"),
                read(cloud + "-2015.json"),
                proxysSynapse.orElse(cloudsSynapse),
                proxysSynapse.isPresent());
    }

    private static String read(String name) {
        try (InputStream stream = CloudMetadata.class.getResourceAsStream(FOLDER + name)) {
            if (stream == null) {
                throw new IllegalArgumentException("no document `" + name + "` of a cloud");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes the answer to who asked for it.
     *
     * @param asked the host and port the client asked
     * @param pathPrefix the path below which Resource Manager is there, with its slash in front; may
     *     be empty
     * @param apiVersion the api-version that was asked for; the oldest if there is none
     */
    public Answer answer(Authority asked, String pathPrefix, Optional<String> apiVersion) {
        String version = apiVersion.orElse("");
        if (version.compareTo(FIRST) < 0) {
            return Answer.json(200, old, Fields.none());
        }
        String filled =
                cloud.replace("@resourceManager@", "https://" + asked + pathPrefix + "/")
                        .replace("@synapse@", synapse + (ownSynapse ? portOf(asked) : ""));
        String document = version.compareTo(SINGLE) < 0 ? "[" + filled + "]" : filled;
        return Answer.json(200, document, Fields.none());
    }

    private static String portOf(Authority asked) {
        String text = Objects.requireNonNull(asked).toString();
        int colon = text.lastIndexOf(':');
        return colon > text.lastIndexOf(']') ? text.substring(colon) : "";
    }
}
