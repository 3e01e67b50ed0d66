package io.stagedoor.proxy.exchange;

import io.stagedoor.proxy.journey.Admitted;
import io.stagedoor.proxy.journey.Attempt;

/** How far an exchange has come, with what belongs to that stage. */
sealed interface ExchangeState {

    /** The journey is under way, here or on a virtual thread. */
    record Admitting() implements ExchangeState {}

    /** The body is being read, since the decision depends on it. */
    record Collecting(Attempt attempt, BodyCollector body) implements ExchangeState {}

    /** The decision is on its way to the disk. */
    record Recording(Admitted admitted) implements ExchangeState {}

    /** The decision is recorded: the request is forwarded, or answered by the proxy itself. */
    record Permitted(PermittedExchange exchange) implements ExchangeState {}

    /** The request was refused. */
    record Finished() implements ExchangeState {}
}
