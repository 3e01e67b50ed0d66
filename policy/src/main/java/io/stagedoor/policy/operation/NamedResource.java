package io.stagedoor.policy.operation;

/**
 * A named thing that an operation is about, for guardrails and the audit record.
 *
 * @param kind the kind, for example {@code pipeline}, {@code notebook} or {@code pool}
 * @param name where its name comes from; if that cannot be told, the operation names no such thing
 */
public record NamedResource(String kind, NameSource name) {}
