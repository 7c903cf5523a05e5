/** Faults: what is done on purpose to an answer on its way, whatever it comes from; pure. */
@NullMarked
package dev.llmsim.synth.faults;

import org.jspecify.annotations.NullMarked;
