/** The command line. Sole user of stdout, stderr and exit codes. */
@NullMarked
package dev.llmsim.cli;

import org.jspecify.annotations.NullMarked;
