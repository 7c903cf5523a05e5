/** Canonical requests, keys and near misses. Pure: no I/O, no clock. */
@NullMarked
package dev.llmsim.match;

import org.jspecify.annotations.NullMarked;
