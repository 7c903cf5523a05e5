/**
 * Gemini's API, answered by ourselves: contents generated whole and in streams, tokens counted, embeddings, models.
 * Members of requests may be spelled in camel case or in snake case, as in every JSON form of a protocol buffer.
 */
@NullMarked
package dev.llmsim.provider.gemini;

import org.jspecify.annotations.NullMarked;
