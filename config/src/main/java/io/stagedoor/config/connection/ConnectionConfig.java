package io.stagedoor.config.connection;

import io.stagedoor.config.kind.Kind;
import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import io.stagedoor.config.value.SecretRef;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A connection of Tableau content whose embedded user and password are set by Stagedoor.
 *
 * @param content whose connection it is
 * @param chosen which of its connections
 * @param user the user that is embedded
 * @param password where the password is
 * @param every how often it is set although it has not changed; empty for only when it has
 */
public record ConnectionConfig(
        Content content, Chosen chosen, String user, SecretRef password, Optional<Duration> every) {

    private static final Pattern VISIBLE = Pattern.compile("[^\\p{Cntrl}]{1,256}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]{1,253}");

    /** What has connections. */
    public enum ContentKind {
        /** A published data source. */
        DATASOURCE,
        /** A workbook. */
        WORKBOOK,
        /** A flow. */
        FLOW,
        /** A virtual connection. */
        VIRTUAL_CONNECTION
    }

    /**
     * One piece of content.
     *
     * @param kind what it is
     * @param id its LUID
     */
    public record Content(ContentKind kind, String id) {

        static Optional<Content> read(Section in) {
            Setting<ContentKind> kind = in.required("kind", Kinds.choice(ContentKind.class));
            Setting<String> id = in.required("id", Kinds.guid());
            return in.build(() -> new Content(kind.value(), id.value()));
        }
    }

    /**
     * Which connections of the content are meant: all that are as is said here.
     *
     * @param id the LUID of a connection
     * @param server the server it goes to, without regard to case
     * @param user the user it has now, without regard to case
     */
    public record Chosen(Optional<String> id, Optional<String> server, Optional<String> user) {

        static Optional<Chosen> read(Section in) {
            Setting<Optional<String>> id = in.optional("id", Kinds.guid());
            Setting<Optional<String>> server =
                    in.optional(
                            "server",
                            Kinds.text("a server's name", "ws1.sql.azuresynapse.net", HOST));
            Setting<Optional<String>> user = in.optional("user", visible("tableau-reader"));
            if (!in.has("id") && !in.has("server") && !in.has("user")) {
                in.refuse(
                        "id",
                        "nothing says which connections are meant",
                        "give its `id`, or the `server` or `user` that it has");
            }
            return in.build(() -> new Chosen(id.value(), server.value(), user.value()));
        }
    }

    /** Reads one entry of {@code connections} of a site. */
    public static Optional<ConnectionConfig> read(Section in) {
        Setting<Content> content = in.requiredSection("content", Content::read);
        Setting<Chosen> chosen = in.requiredSection("connection", Chosen::read);
        Setting<String> user = in.required("user", visible("tableau-reader"));
        Setting<SecretRef> password = in.required("password", in.reading().files().secret());
        Setting<Optional<Duration>> every =
                in.optional("every", Kinds.duration(Duration.ofHours(1), Duration.ofDays(365)));
        return in.build(
                () ->
                        new ConnectionConfig(
                                content.value(),
                                chosen.value(),
                                user.value(),
                                password.value(),
                                every.value()));
    }

    private static Kind<String> visible(String example) {
        return Kinds.text("a user's name", example, VISIBLE);
    }
}
