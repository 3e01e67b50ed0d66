/**
 * Checks a journal offline, record by record, and gives two verdicts: integrity and completeness.
 *
 * <p>Reads only; needs nothing of the running proxy and trusts neither the index nor file times.
 */
@NullMarked
package io.stagedoor.proxy.audit.verify;

import org.jspecify.annotations.NullMarked;
