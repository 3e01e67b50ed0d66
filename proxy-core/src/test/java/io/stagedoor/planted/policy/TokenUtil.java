package io.stagedoor.planted.policy;

/** A name that says nothing. */
@SuppressWarnings("checkstyle:IllegalIdentifierName")
public record TokenUtil(String token) {}
