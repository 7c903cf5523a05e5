/** The models that there are: a catalogue, as data. */
@NullMarked
package dev.llmsim.provider.model;

import org.jspecify.annotations.NullMarked;
