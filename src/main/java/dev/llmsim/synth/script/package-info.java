/** Scripts: the turns that a test or a demo wants to be answered with, in files or as values. */
@NullMarked
package dev.llmsim.synth.script;

import org.jspecify.annotations.NullMarked;
