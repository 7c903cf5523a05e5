/** Gemini's path for clients of OpenAI, answered by ourselves: OpenAI's requests and answers, Gemini's models and errors. */
@NullMarked
package dev.llmsim.provider.geminicompatible;

import org.jspecify.annotations.NullMarked;
