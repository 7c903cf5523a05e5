/** Keeps secrets out of everything that is written, and puts the caller's own back on replay. */
@NullMarked
package dev.llmsim.cassette.redaction;

import org.jspecify.annotations.NullMarked;
