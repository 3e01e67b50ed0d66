package io.stagedoor.proxy.exchange;

import io.stagedoor.proxy.http.ForwardedFor;

/**
 * What is looked at before a request goes on its journey.
 *
 * @param running how many are under way
 * @param forwardedFor tells who sent it
 * @param maxFields how many header fields it may have
 */
public record Door(RunningExchanges running, ForwardedFor forwardedFor, int maxFields) {}
