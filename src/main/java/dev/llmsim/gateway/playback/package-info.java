/** Sends recorded answers on a client's connection, each byte when it is due, and ends them as they ended. */
@NullMarked
package dev.llmsim.gateway.playback;

import org.jspecify.annotations.NullMarked;
