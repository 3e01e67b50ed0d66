/**
 * Traces (OpenTelemetry) by W3C trace context: what a request says of its trace, the spans of an
 * exchange, and their way to a collector over OTLP/HTTP. Spans hold no token and no name of a person.
 * Knows nothing of the journey; when tracing is off, nothing of it is touched by a request.
 */
@NullMarked
package io.stagedoor.proxy.trace;

import org.jspecify.annotations.NullMarked;
