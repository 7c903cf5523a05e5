/** Import of foreign cassettes, VCR.py's and pytest-recording's, and of our own. */
@NullMarked
package dev.llmsim.cassette.importing;

import org.jspecify.annotations.NullMarked;
