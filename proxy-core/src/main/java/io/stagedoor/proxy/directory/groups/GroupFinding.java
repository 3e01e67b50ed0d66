package io.stagedoor.proxy.directory.groups;

/**
 * One thing that was tried out about a directory.
 *
 * @param name what was tried, in a few words
 * @param good whether it works
 * @param detail what came of it, and what to do if it does not work; holds no secret
 */
public record GroupFinding(String name, boolean good, String detail) {}
