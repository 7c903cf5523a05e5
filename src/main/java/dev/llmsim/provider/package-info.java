/** What bytes mean: upstreams, dialects, operations, error envelopes. One place for each provider's wire facts. */
@NullMarked
package dev.llmsim.provider;

import org.jspecify.annotations.NullMarked;
