package io.stagedoor.proxy;

import io.stagedoor.proxy.directory.groups.GroupListener;
import io.stagedoor.proxy.directory.remote.HostPatiences;
import java.time.InstantSource;

/**
 * What directories are asked with.
 *
 * @param translation reads their credentials
 * @param clock tells the time
 * @param patiences knows which hosts asked to be left alone
 * @param listener hears of look-ups
 */
record GroupMeans(
        Translation translation,
        InstantSource clock,
        HostPatiences patiences,
        GroupListener listener) {}
