/**
 * What the command line remembers of a person's log-ins: profiles with their tokens, in files that
 * nobody else can read.
 *
 * <p>Knows nothing of issuers' wire formats, browsers or commands.
 */
@NullMarked
package io.stagedoor.proxy.cli.profile;

import org.jspecify.annotations.NullMarked;
