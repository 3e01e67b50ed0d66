package io.stagedoor.proxy.audit;

/**
 * The proof that an event is on disk.
 *
 * @param seq the sequence number it got
 * @param hash the hash it got
 */
public record Receipt(long seq, String hash) {}
