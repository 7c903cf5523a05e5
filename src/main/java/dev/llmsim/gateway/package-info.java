/** Netty: server and upstream pipelines, recorder tee, playback. Sole importer of Netty. */
@NullMarked
package dev.llmsim.gateway;

import org.jspecify.annotations.NullMarked;
