/** Fixtures that tests of several rooms share: raw sockets on both sides of the gateway. */
@NullMarked
package dev.llmsim.testkit;

import org.jspecify.annotations.NullMarked;
