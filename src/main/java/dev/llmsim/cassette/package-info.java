/** Cassette files and importers. */
@NullMarked
package dev.llmsim.cassette;

import org.jspecify.annotations.NullMarked;
