package io.stagedoor.config.refresh;

import io.stagedoor.config.kind.Kind;
import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.kind.NetKinds;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What tells that a source is well. */
public sealed interface SourceCheckConfig {

    /** Names of services, pipelines and pools: anything that can be seen. */
    Pattern NAME = Pattern.compile("[^\\p{Cntrl}/?#%&\\\\]{1,260}");

    /**
     * The last run of a pipeline has succeeded.
     *
     * @param service the configured name of its workspace or factory
     * @param pipeline its name
     * @param maxAge how long ago the run may have ended
     * @param running what becomes of a refresh while it runs
     */
    record Pipeline(String service, String pipeline, Duration maxAge, Running running)
            implements SourceCheckConfig {

        static Optional<Pipeline> read(Section in) {
            Setting<String> service = in.required("service", name("a service", "ws1"));
            Setting<String> pipeline = in.required("name", name("a pipeline", "nightly"));
            Setting<Duration> maxAge =
                    in.optional(
                            "max_age",
                            Kinds.duration(Duration.ofMinutes(1), Duration.ofDays(40)),
                            Duration.ofDays(1));
            Setting<Running> running =
                    in.optional("running", Kinds.choice(Running.class), Running.HOLD);
            return in.build(
                    () ->
                            new Pipeline(
                                    service.value(),
                                    pipeline.value(),
                                    maxAge.value(),
                                    running.value()));
        }
    }

    /** What becomes of a refresh while the pipeline runs. */
    enum Running {
        /** It is held back until the run has ended. */
        HOLD,
        /** The last run that has ended decides. */
        PASS
    }

    /**
     * A dedicated SQL pool is online.
     *
     * @param service the configured name of its workspace
     * @param pool its name
     */
    record SqlPool(String service, String pool) implements SourceCheckConfig {

        static Optional<SqlPool> read(Section in) {
            Setting<String> service = in.required("service", name("a service", "ws1"));
            Setting<String> pool = in.required("name", name("a SQL pool", "dw1"));
            return in.build(() -> new SqlPool(service.value(), pool.value()));
        }
    }

    /**
     * An address answers as it should.
     *
     * @param uri what is asked for by GET, without a credential
     * @param status the status that is well
     * @param trustedCertificates who signs its certificate, or nothing for Java's own list
     */
    record Url(URI uri, int status, Optional<Path> trustedCertificates)
            implements SourceCheckConfig {

        static Optional<Url> read(Section in) {
            Setting<URI> uri =
                    in.required("uri", NetKinds.httpsUri("https://status.example/warehouse"));
            Setting<Integer> status = in.optional("status", Kinds.number(200, 599), 200);
            Setting<Optional<Path>> trusted =
                    in.optional("trusted_certificates", in.reading().files().certificates());
            return in.build(() -> new Url(uri.value(), status.value(), trusted.value()));
        }
    }

    /**
     * The proxy itself reaches a service.
     *
     * @param service its configured name
     */
    record Circuit(String service) implements SourceCheckConfig {

        static Optional<Circuit> read(Section in) {
            Setting<String> service = in.required("service", name("a service", "ws1"));
            return in.build(() -> new Circuit(service.value()));
        }
    }

    /** Returns the service that is asked, if it is one that is configured. */
    default Optional<String> asked() {
        return switch (this) {
            case Pipeline check -> Optional.of(check.service());
            case SqlPool check -> Optional.of(check.service());
            case Circuit check -> Optional.of(check.service());
            case Url _ -> Optional.empty();
        };
    }

    /** Reads one entry of {@code checks}: exactly one kind. */
    static Optional<SourceCheckConfig> read(Section in) {
        Setting<Optional<Pipeline>> pipeline = in.optionalSection("pipeline", Pipeline::read);
        Setting<Optional<SqlPool>> pool = in.optionalSection("sql_pool", SqlPool::read);
        Setting<Optional<Url>> url = in.optionalSection("url", Url::read);
        Setting<Optional<Circuit>> circuit = in.optionalSection("circuit", Circuit::read);
        long given = Stream.of("pipeline", "sql_pool", "url", "circuit").filter(in::has).count();
        if (given != 1) {
            in.refuse(
                    "pipeline",
                    given == 0
                            ? "none of `pipeline`, `sql_pool`, `url`, `circuit` is given"
                            : "more than one kind of check is given",
                    "choose exactly one for each entry");
        }
        List<Setting<? extends Optional<? extends SourceCheckConfig>>> all =
                List.of(pipeline, pool, url, circuit);
        return in.build(
                () ->
                        all.stream()
                                .<SourceCheckConfig>flatMap(each -> each.value().stream())
                                .findFirst()
                                .orElseThrow());
    }

    private static Kind<String> name(String what, String example) {
        return Kinds.text(what + "'s name", example, NAME);
    }
}
