package io.stagedoor.config.kind;

import io.stagedoor.config.text.Quoted;
import io.stagedoor.config.value.SecretRef;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The kinds of single values that name files. Relative paths start from the folder of the file that
 * names them. What is checked here can change later; who opens the file still meets its errors.
 */
public final class FileKinds {

    private static final int LOOKED_AT = 64 * 1024;
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,254}");
    private static final Pattern VAULT_SECRET =
            Pattern.compile(
                    "keyvault:(https://[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::[0-9]{1,5})?)"
                            + "/secrets/([A-Za-z0-9-]{1,127})(?:/([A-Za-z0-9]{1,64}))?");
    private static final String SECRET_FORMS =
            "write `env:NAME` for an environment variable, `file:path` for a file, or"
                    + " `keyvault:https://VAULT/secrets/NAME` for a secret in Azure Key Vault";

    private final Path folder;

    private FileKinds(Path folder) {
        this.folder = folder;
    }

    /** Returns the kinds whose relative paths start from the folder. */
    public static FileKinds in(Path folder) {
        return new FileKinds(folder);
    }

    /** Returns a readable file. */
    public Kind<Path> file(String expected, String example) {
        return path(expected, example).refined((path, scalar) -> readable(path, scalar.text()));
    }

    /** Returns a readable PEM file with at least one certificate. */
    public Kind<Path> certificates() {
        return file("a PEM file with certificates", "certificates/ca.pem")
                .refined((path, scalar) -> withBlock(path, scalar.text(), "CERTIFICATE"));
    }

    /** Returns a readable PEM file with a PKCS #8 private key that only its owner may read. */
    public Kind<Path> privateKey() {
        return file("a PEM file with a private key", "certificates/proxy.key")
                .refined((path, scalar) -> withBlock(path, scalar.text(), "PRIVATE KEY"))
                .refined((path, scalar) -> secluded(path, scalar.text()));
    }

    /** Returns a readable file with a secret that only its owner may read. */
    public Kind<Path> secretFile(String expected, String example) {
        return file(expected, example).refined((path, scalar) -> secluded(path, scalar.text()));
    }

    /** Returns a folder that exists and can be written, or can be made in such a folder. */
    public Kind<Path> writableFolder(String example) {
        return path("a folder", example).refined((path, scalar) -> writable(path, scalar.text()));
    }

    /** Returns a reference to a secret. What is written is never shown: it may be the secret. */
    public Kind<SecretRef> secret() {
        return Kind.of("a reference to a secret", "env:STAGEDOOR_CLIENT_SECRET", this::secretRef);
    }

    private Parsed<SecretRef> secretRef(String text) {
        if (text.startsWith("env:") && VARIABLE.matcher(text.substring(4)).matches()) {
            return Parsed.value(new SecretRef.EnvironmentVariable(text.substring(4)));
        }
        if (text.startsWith("file:") && text.length() > 5) {
            String name = text.substring(5);
            return resolve(name)
                    .then(path -> readable(path, name))
                    .then(path -> secluded(path, name))
                    .then(path -> Parsed.value(new SecretRef.SecretFile(path)));
        }
        Matcher inVault = VAULT_SECRET.matcher(text);
        if (inVault.matches()) {
            return Parsed.value(
                    new SecretRef.VaultSecret(
                            URI.create(inVault.group(1)),
                            inVault.group(2),
                            Optional.ofNullable(inVault.group(3))));
        }
        return Parsed.wrong(
                "this is not a reference to a secret (it is not shown, as it may be one itself)",
                SECRET_FORMS);
    }

    private Kind<Path> path(String expected, String example) {
        return Kind.of(expected, example, this::resolve);
    }

    private Parsed<Path> resolve(String text) {
        try {
            return Parsed.value(folder.resolve(text));
        } catch (InvalidPathException _) {
            return Parsed.wrong(Quoted.of(text) + " is not a path", "write the path of a file");
        }
    }

    private Parsed<Path> readable(Path path, String text) {
        if (!Files.exists(path)) {
            return Parsed.wrong(
                    "the file " + Quoted.of(text) + " does not exist",
                    "relative paths start from the folder of this configuration file");
        }
        if (!Files.isRegularFile(path)) {
            return Parsed.wrong(Quoted.of(text) + " is not a file", "name a file");
        }
        return Files.isReadable(path)
                ? Parsed.value(path)
                : Parsed.wrong(
                        "the file " + Quoted.of(text) + " may not be read",
                        "give the account that runs Stagedoor the right to read it");
    }

    private static Parsed<Path> withBlock(Path path, String text, String label) {
        String content;
        try (InputStream in = Files.newInputStream(path)) {
            content = new String(in.readNBytes(LOOKED_AT), StandardCharsets.ISO_8859_1);
        } catch (IOException _) {
            return Parsed.wrong(
                    "the file " + Quoted.of(text) + " cannot be read", "check the file");
        }
        if (content.contains("-----BEGIN " + label + "-----")) {
            return Parsed.value(path);
        }
        boolean otherKey = content.contains("PRIVATE KEY-----") && label.equals("PRIVATE KEY");
        return Parsed.wrong(
                Quoted.of(text) + " holds no block `BEGIN " + label + "`",
                otherKey
                        ? "turn it into PKCS #8: `openssl pkcs8 -topk8 -nocrypt -in old -out new`"
                        : "name a file in PEM form");
    }

    /** Kubernetes mounts secrets readable by all by default, so reading warns; writing refuses. */
    private static Parsed<Path> secluded(Path path, String text) {
        Set<PosixFilePermission> allowed = permissions(path);
        if (allowed.contains(PosixFilePermission.OTHERS_WRITE)) {
            return Parsed.wrong(
                    "everyone on this machine may change the secret in " + Quoted.of(text),
                    "take the right away: `chmod o-rwx`");
        }
        if (allowed.contains(PosixFilePermission.OTHERS_READ)) {
            return new Parsed.Suspect<>(
                    path,
                    "everyone on this machine may read the secret in " + Quoted.of(text),
                    "take the right away: `chmod o-rwx`, or `defaultMode: 0440` for a mounted"
                            + " secret");
        }
        return Parsed.value(path);
    }

    private static Set<PosixFilePermission> permissions(Path path) {
        try {
            return Files.getPosixFilePermissions(path);
        } catch (IOException | UnsupportedOperationException _) {
            return Set.of(); // a file system without such rights
        }
    }

    private Parsed<Path> writable(Path path, String text) {
        Path existing = path;
        while (!Files.exists(existing) && existing.toAbsolutePath().getParent() != null) {
            existing = existing.toAbsolutePath().getParent();
        }
        return Files.isDirectory(existing) && Files.isWritable(existing)
                ? Parsed.value(path)
                : Parsed.wrong(
                        "the folder " + Quoted.of(text) + " cannot be written",
                        "name a folder that the account running Stagedoor may write");
    }
}
