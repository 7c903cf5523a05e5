/** What the gateway does with a request. Decides; performs no network I/O. */
@NullMarked
package dev.llmsim.mode;

import org.jspecify.annotations.NullMarked;
