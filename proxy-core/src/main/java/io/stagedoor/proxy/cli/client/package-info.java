/**
 * How ordinary clients (az, the Azure SDKs, Tableau's, curl) are pointed at the proxy: which
 * variables, which command, which files, and which audience each of them will ask for.
 *
 * <p>Changes no client's own settings; knows nothing of log-ins.
 */
@NullMarked
package io.stagedoor.proxy.cli.client;

import org.jspecify.annotations.NullMarked;
