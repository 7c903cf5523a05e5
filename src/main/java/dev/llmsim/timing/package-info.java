/** Paces, schedules and the arithmetic of playback. Pure: it is told the time. */
@NullMarked
package dev.llmsim.timing;

import org.jspecify.annotations.NullMarked;
