package io.stagedoor.proxy;

import io.stagedoor.config.certificate.CertificatePair;
import io.stagedoor.config.certificate.PemFile;
import io.stagedoor.config.listener.CertificateConfig;
import io.stagedoor.config.listener.ClientCertificatesConfig;
import io.stagedoor.config.listener.ClientCertificatesConfig.Mode;
import io.stagedoor.config.listener.TlsConfig;
import io.stagedoor.proxy.admin.ComponentHealth;
import io.stagedoor.proxy.listener.ClientAuthentication;
import io.stagedoor.proxy.listener.ListenerTls;
import io.stagedoor.proxy.listener.ServerCertificate;
import io.stagedoor.proxy.reload.FileDigest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listener's certificates as their files hold them, taken up anew when the files change.
 *
 * <p>Each pair is taken for itself: one that is broken or half written stays as it was, which is
 * logged once for each content and shows in health and metrics until it is whole again. Blocks on the
 * disk; safe for any thread but event loops.
 */
final class ListenerCertificates {

    private static final Logger LOG = LoggerFactory.getLogger(ListenerCertificates.class);

    /**
     * A pair in use.
     *
     * @param digest what its files held when they were looked at last
     * @param trouble why what they held is not what is in use
     */
    private record Held(
            CertificateConfig config,
            FileDigest digest,
            CertificatePair pair,
            Optional<String> trouble) {}

    /** All of it, replaced as a whole. */
    private record State(List<Held> held, FileDigest authorities, ClientAuthentication clients) {}

    /** What a look at the files came to. */
    record Look(int taken, int broken) {

        boolean isNothing() {
            return taken == 0 && broken == 0;
        }
    }

    private final ListenerTls tls;
    private TlsConfig config;
    private State state;

    private ListenerCertificates(TlsConfig config, State state) throws IOException {
        this.config = config;
        this.state = state;
        this.tls = new ListenerTls(shown(state), state.clients());
    }

    /**
     * Reads all files.
     *
     * @throws IOException if one of them cannot be used; the message names it
     */
    static ListenerCertificates open(TlsConfig config) throws IOException {
        return new ListenerCertificates(config, fresh(config));
    }

    /** Returns what the listener encrypts with. */
    ListenerTls tls() {
        return tls;
    }

    /**
     * Takes up another configuration.
     *
     * @throws IOException if one of its files cannot be used; then all stays as it was
     */
    synchronized void configure(TlsConfig next) throws IOException {
        if (!next.equals(config)) {
            State fresh = fresh(next);
            tls.replace(shown(fresh), fresh.clients());
            config = next;
            state = fresh;
        }
    }

    /** Looks at the files, and shows from now on what has changed and is whole. */
    synchronized Look look() {
        List<Held> after = new ArrayList<>();
        int taken = 0;
        int broken = 0;
        for (Held before : state.held()) {
            Held now = look(before);
            after.add(now);
            boolean changed = !now.digest().equals(before.digest());
            taken += changed && now.trouble().isEmpty() ? 1 : 0;
            broken += changed && now.trouble().isPresent() ? 1 : 0;
        }
        return take(after, new Look(taken, broken));
    }

    private static Held look(Held before) {
        FileDigest digest = digestOf(before.config());
        if (digest.equals(before.digest())) {
            return before;
        }
        try {
            CertificatePair pair = before.config().load();
            LOG.atInfo()
                    .addKeyValue("certificate", before.config().certificate())
                    .addKeyValue("expires", pair.expiresAt())
                    .log("a new certificate is shown from now on");
            return new Held(before.config(), digest, pair, Optional.empty());
        } catch (IOException e) {
            String trouble = String.valueOf(e.getMessage());
            LOG.atError()
                    .addKeyValue("certificate", before.config().certificate())
                    .addKeyValue("reason", trouble)
                    .log("the certificate's files changed and cannot be used; the old one stays");
            return new Held(before.config(), digest, before.pair(), Optional.of(trouble));
        }
    }

    private Look take(List<Held> after, Look look) {
        FileDigest digest = digestOf(config.clientCertificates());
        boolean authoritiesChanged = !digest.equals(state.authorities());
        if (look.isNothing() && !authoritiesChanged) {
            return look;
        }
        Look result = look;
        ClientAuthentication clients = state.clients();
        try {
            clients = authoritiesChanged ? clients(config.clientCertificates()) : clients;
            tls.replace(shown(new State(after, digest, clients)), clients);
            result = new Look(look.taken() + (authoritiesChanged ? 1 : 0), look.broken());
        } catch (IOException e) {
            LOG.atError()
                    .addKeyValue("reason", e.getMessage())
                    .log("changed certificates cannot be used; the old ones stay");
            result = new Look(0, look.broken() + 1);
        }
        state = new State(List.copyOf(after), digest, clients);
        return result;
    }

    private static State fresh(TlsConfig config) throws IOException {
        List<Held> held = new ArrayList<>();
        for (CertificateConfig each : config.certificates()) {
            FileDigest digest = digestOf(each);
            try {
                held.add(new Held(each, digest, each.load(), Optional.empty()));
            } catch (IOException e) {
                throw new IOException(
                        "cannot use certificate `"
                                + each.certificate()
                                + "` with key `"
                                + each.privateKey()
                                + "`: "
                                + e.getMessage(),
                        e);
            }
        }
        FileDigest authorities = digestOf(config.clientCertificates());
        return new State(held, authorities, clients(config.clientCertificates()));
    }

    private static ClientAuthentication clients(ClientCertificatesConfig config)
            throws IOException {
        if (config.mode() == Mode.NONE) {
            return new ClientAuthentication.None();
        }
        return new ClientAuthentication.Asked(
                PemFile.certificates(config.trustedAuthorities().orElseThrow()),
                config.mode() == Mode.REQUIRED);
    }

    private static FileDigest digestOf(CertificateConfig config) {
        return FileDigest.of(List.of(config.certificate(), config.privateKey()));
    }

    private static FileDigest digestOf(ClientCertificatesConfig config) {
        return FileDigest.of(config.trustedAuthorities().stream().toList());
    }

    private static List<ServerCertificate> shown(State state) {
        return state.held().stream()
                .map(Held::pair)
                .map(pair -> new ServerCertificate(pair.chain(), pair.key(), pair.names()))
                .toList();
    }

    /**
     * A certificate in use, for metrics.
     *
     * @param file the name of its file, without the folder
     * @param expiresAt when it, or one above it, expires
     */
    record InUse(String file, Instant expiresAt) {}

    /** Returns the certificates in use; a file's name stands once. */
    synchronized List<InUse> inUse() {
        Set<String> seen = new HashSet<>();
        return state.held().stream()
                .map(
                        held ->
                                new InUse(
                                        nameOf(held.config().certificate()),
                                        held.pair().expiresAt()))
                .filter(each -> seen.add(each.file()))
                .toList();
    }

    /** Tells of each certificate; one whose new files cannot be used is still served, so it is well. */
    synchronized List<ComponentHealth> health(Instant now) {
        return state.held().stream().map(held -> health(held, now)).toList();
    }

    private static ComponentHealth health(Held held, Instant now) {
        Instant expiry = held.pair().expiresAt();
        String detail =
                held.trouble()
                                .map(why -> "degraded: new files cannot be used: " + why + "; ")
                                .orElse("")
                        + "in use until "
                        + expiry;
        return new ComponentHealth(
                "certificate " + nameOf(held.config().certificate()), now.isBefore(expiry), detail);
    }

    private static String nameOf(Path file) {
        Path name = file.getFileName();
        return name == null ? "" : name.toString();
    }
}
