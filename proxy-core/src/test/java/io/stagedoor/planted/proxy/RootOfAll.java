package io.stagedoor.planted.proxy;

/** What only the command line may know. */
public record RootOfAll(String name) {}
