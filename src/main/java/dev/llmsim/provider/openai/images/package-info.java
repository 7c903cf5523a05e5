/** OpenAI's images: drawn, not painted, and they say so. */
@NullMarked
package dev.llmsim.provider.openai.images;

import org.jspecify.annotations.NullMarked;
