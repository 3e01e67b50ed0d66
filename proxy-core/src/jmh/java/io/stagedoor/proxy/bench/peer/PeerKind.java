package io.stagedoor.proxy.bench.peer;

import io.stagedoor.proxy.bench.client.Scenario;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A proxy that can be measured. */
public enum PeerKind {
    /** The floor: Netty, which looks at nothing. */
    BARE(false, true, "", ""),

    /** The subject. */
    STAGEDOOR(true, true, "", ""),

    /** A plain reverse proxy that looks at no token. */
    NGINX(false, false, "/usr/sbin/nginx", "nginx"),

    /** Verifies each token's signature and looks at its claims. */
    HAPROXY(true, false, "/usr/sbin/haproxy", "haproxy"),

    /** Apache with mod_auth_openidc as a resource server. */
    APACHE(
            true,
            false,
            "/usr/sbin/apache2:/usr/lib/apache2/modules/mod_auth_openidc.so",
            "apache2 libapache2-mod-auth-openidc"),

    /** Spring Cloud Gateway as a resource server. */
    SCG(true, true, "proxy-core/bench/peers/scg/target/scg.jar", "");

    private final boolean checksTokens;
    private final boolean java;
    private final String files;
    private final String packages;

    PeerKind(boolean checksTokens, boolean java, String files, String packages) {
        this.checksTokens = checksTokens;
        this.java = java;
        this.files = files;
        this.packages = packages;
    }

    /** Returns the name in tables, files and options. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns whether it has to refuse bad tokens. */
    public boolean checksTokens() {
        return checksTokens;
    }

    /** Returns whether it becomes faster while it runs. */
    public boolean isJava() {
        return java;
    }

    /** Returns whether it can be asked over TLS here. */
    public boolean speaksTls() {
        return this != SCG;
    }

    /** Returns whether one process listens for plain HTTP and for TLS. */
    public boolean speaksBothAtOnce() {
        return !java;
    }

    /** Returns whether a scenario means something to it. */
    public boolean takesPartIn(Scenario scenario) {
        return switch (scenario) {
            case GET, CREATE_RUN -> true;
            case TLS_GET, H2_GET -> this != SCG && this != APACHE;
            case NEW_TOKEN_GET -> this == STAGEDOOR || this == HAPROXY;
        };
    }

    /** Returns why it cannot be started here, and what would help. */
    public Optional<String> missing() {
        return Arrays.stream(files.split(":", -1))
                .filter(file -> !file.isEmpty() && !Files.exists(Path.of(file)))
                .findFirst()
                .map(file -> file + " is missing: " + help());
    }

    private String help() {
        return packages.isEmpty()
                ? "proxy-core/bench/run builds it when it is asked for"
                : "apt-get install " + packages;
    }
}
