/** Zstandard (RFC 8878), a block at a time. */
@NullMarked
package dev.llmsim.provider.coding.zstd;

import org.jspecify.annotations.NullMarked;
