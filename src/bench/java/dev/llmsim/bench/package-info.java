/**
 * The benchmark: starts the packaged program and a ceiling made of Netty alone, in turn and on the same core, loads both from
 * this process, and prints ratios. Knows the program by its sockets, and of its classes the latency profiles alone.
 */
@NullMarked
package dev.llmsim.bench;

import org.jspecify.annotations.NullMarked;
