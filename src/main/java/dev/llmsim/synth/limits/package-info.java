/** How much a caller may use a model: requests and tokens a minute; pure, told the time. */
@NullMarked
package dev.llmsim.synth.limits;

import org.jspecify.annotations.NullMarked;
