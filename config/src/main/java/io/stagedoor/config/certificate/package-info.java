/**
 * Certificates and their keys, as PEM files hold them: read, and checked against each other.
 *
 * <p>Must never know keys of the configuration, sockets or who shows a certificate to whom.
 */
@NullMarked
package io.stagedoor.config.certificate;

import org.jspecify.annotations.NullMarked;
