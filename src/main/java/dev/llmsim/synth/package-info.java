/** The simulator: generators, token counts, seeded randomness, answers of its own. Pure: it is told the time and the seed. */
@NullMarked
package dev.llmsim.synth;

import org.jspecify.annotations.NullMarked;
