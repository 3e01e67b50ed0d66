package io.stagedoor.planted.proxy.cli.demo;

import io.stagedoor.planted.proxy.audit.RecordThatRoutes;

/** A demo that looks inside the proxy. */
public record DemoThatPeeks(RecordThatRoutes record) {}
