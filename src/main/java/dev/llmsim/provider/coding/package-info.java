/** Content codings: gzip, deflate, br, zstd. */
@NullMarked
package dev.llmsim.provider.coding;

import org.jspecify.annotations.NullMarked;
