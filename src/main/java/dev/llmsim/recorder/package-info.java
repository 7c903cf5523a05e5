/** From raw bytes on the wire to a sealed recording: queue, decode, frame, redact, prove, write. */
@NullMarked
package dev.llmsim.recorder;

import org.jspecify.annotations.NullMarked;
