/**
 * How often one principal may ask.
 *
 * <p>A stage of the journey, after the token and before the decision. Knows neither routes nor
 * operations, and nothing of other principals.
 */
@NullMarked
package io.stagedoor.proxy.rate;

import org.jspecify.annotations.NullMarked;
