/**
 * Anthropic's Messages API, answered by ourselves: messages, their tokens, models. The wordings of its errors were seen on the
 * real service where a test says so; others follow its validator's.
 */
@NullMarked
package dev.llmsim.provider.anthropic;

import org.jspecify.annotations.NullMarked;
