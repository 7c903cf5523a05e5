/** What requests bring along beside text, in no provider's own form: images and their sizes, content in URLs. */
@NullMarked
package dev.llmsim.provider.media;

import org.jspecify.annotations.NullMarked;
