package io.stagedoor.config.workspace;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where requests to a workspace go.
 *
 * @param cloud the Azure cloud: its token scope and directory
 * @param uri scheme, host and perhaps port; no path
 * @param trustedCertificates the authorities that sign the upstream's certificate, or nothing for
 *     those of the Java runtime
 */
public record UpstreamConfig(Cloud cloud, URI uri, Optional<Path> trustedCertificates) {}
