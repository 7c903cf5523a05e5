/** The words that every other package shares: requests, answers, frames and how they ended. Uses the JDK alone. */
@NullMarked
package dev.llmsim.exchange;

import org.jspecify.annotations.NullMarked;
