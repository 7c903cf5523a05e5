/** The two notations that cassettes are made of: YAML, read safely, and JSON, kept as it was written. */
@NullMarked
package dev.llmsim.cassette.text;

import org.jspecify.annotations.NullMarked;
