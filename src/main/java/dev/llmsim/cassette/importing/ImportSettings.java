package dev.llmsim.cassette.importing;

import dev.llmsim.cassette.Ids;
import dev.llmsim.cassette.redaction.Redactor;
import dev.llmsim.provider.framing.Framer;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;

/**
 * What an import needs from the rest of the program.
 *
 * @param routes whom an address belongs to; empty where no upstream has it: it is then kept under its origin
 * @param framers a new framer for a body of the given content type
 * @param redactor makes what was read fit to be written
 * @param ids names recordings
 */
public record ImportSettings(
        Function<URI, Optional<Route>> routes, Function<String, Framer> framers, Redactor redactor, Ids ids) {}
