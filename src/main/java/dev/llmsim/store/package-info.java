/** The tape: an H2 database, its migrations and its writer. */
@NullMarked
package dev.llmsim.store;

import org.jspecify.annotations.NullMarked;
