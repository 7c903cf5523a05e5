/** What stream decoders share: input that is not read ahead, output with its history. */
@NullMarked
package dev.llmsim.provider.coding.stream;

import org.jspecify.annotations.NullMarked;
