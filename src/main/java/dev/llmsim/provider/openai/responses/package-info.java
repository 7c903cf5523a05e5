/**
 * OpenAI's Responses API, answered by ourselves: whole, streamed, stored, in the background; and OpenResponses, which
 * differs from it a little. The wordings of its errors were seen on the real service.
 */
@NullMarked
package dev.llmsim.provider.openai.responses;

import org.jspecify.annotations.NullMarked;
