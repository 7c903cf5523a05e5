/** Embedding API: assemble a gateway, start it, stop it. */
@NullMarked
package dev.llmsim;

import org.jspecify.annotations.NullMarked;
