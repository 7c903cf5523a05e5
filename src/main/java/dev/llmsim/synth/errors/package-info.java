/** Errors that the simulator answers on purpose, at the rates that it was told; pure. */
@NullMarked
package dev.llmsim.synth.errors;

import org.jspecify.annotations.NullMarked;
