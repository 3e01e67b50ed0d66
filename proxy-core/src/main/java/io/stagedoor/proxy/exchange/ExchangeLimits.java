package io.stagedoor.proxy.exchange;

/**
 * How many octets of bodies are held in memory for one exchange.
 *
 * @param decidingBody the longest request body that a decision may depend on
 * @param jobIds how far into a body job ids are looked for
 * @param heldAnswer the longest answer to a state-changing request that is held until its record is
 *     on disk; a longer one streams, and only its end is held
 * @param rewrittenAnswer the longest answer in which links are rewritten
 */
public record ExchangeLimits(int decidingBody, int jobIds, int heldAnswer, int rewrittenAnswer) {}
