/** Counters and the request journal. */
@NullMarked
package dev.llmsim.telemetry;

import org.jspecify.annotations.NullMarked;
