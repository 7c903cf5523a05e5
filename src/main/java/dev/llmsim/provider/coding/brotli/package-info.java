/** Brotli (RFC 7932), a symbol at a time. */
@NullMarked
package dev.llmsim.provider.coding.brotli;

import org.jspecify.annotations.NullMarked;
