/** Cuts decoded bodies into frames: SSE, NDJSON, AWS event streams. */
@NullMarked
package dev.llmsim.provider.framing;

import org.jspecify.annotations.NullMarked;
