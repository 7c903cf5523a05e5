/** Makes JSON that is valid against a schema. */
@NullMarked
package dev.llmsim.synth.schema;

import org.jspecify.annotations.NullMarked;
