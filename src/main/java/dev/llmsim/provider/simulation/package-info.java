/** How a dialect answers by itself: its surface, the endpoints of that, and what the simulator lends them. */
@NullMarked
package dev.llmsim.provider.simulation;

import org.jspecify.annotations.NullMarked;
