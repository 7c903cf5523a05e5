/**
 * The words of a conversation with a model, in no provider's own form: what the requests of each dialect are read into, and what
 * its answers are written from.
 */
@NullMarked
package dev.llmsim.provider.conversation;

import org.jspecify.annotations.NullMarked;
