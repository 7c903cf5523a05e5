/**
 * Ollama's API, answered by ourselves: chats, completions, embeddings, and the models that are there. Names of fields and the
 * wordings of errors are those of its server's source.
 */
@NullMarked
package dev.llmsim.provider.ollama;

import org.jspecify.annotations.NullMarked;
