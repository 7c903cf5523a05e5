/** Cohere's API in its second version, answered by ourselves: chats and embeddings. */
@NullMarked
package dev.llmsim.provider.cohere;

import org.jspecify.annotations.NullMarked;
