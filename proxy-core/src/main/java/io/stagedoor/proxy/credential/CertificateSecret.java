package io.stagedoor.proxy.credential;

import java.nio.file.Path;
import java.util.Optional;

/** A certificate's file, whose text is the password that opens it: empty if it needs none. */
record CertificateSecret(Path file, Optional<SecretSource> password) implements SecretSource {

    @Override
    public String name() {
        return "file:" + file;
    }

    @Override
    public Value read() {
        String text = password.map(source -> source.read().text().strip()).orElse("");
        return new Value(text, CertificateFile.expiryOf(file, text));
    }

    @Override
    public void refused() {
        password.ifPresent(SecretSource::refused);
    }
}
