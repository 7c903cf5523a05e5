/** What every client connection shares, whoever answers on it: how it ends, and what a page elsewhere may read. */
@NullMarked
package dev.llmsim.gateway.connection;

import org.jspecify.annotations.NullMarked;
