/** Azure OpenAI, answered by ourselves: OpenAI's API with deployments for models, and the results of content filters added. */
@NullMarked
package dev.llmsim.provider.azure;

import org.jspecify.annotations.NullMarked;
