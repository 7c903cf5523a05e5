/**
 * OpenAI's API, answered by ourselves: chat completions, legacy completions, embeddings, moderations, models. The
 * wordings of its errors were seen on the real service.
 */
@NullMarked
package dev.llmsim.provider.openai;

import org.jspecify.annotations.NullMarked;
