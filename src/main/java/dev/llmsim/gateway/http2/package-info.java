/** HTTP/2 as clients speak it to the gateway, turned into the HTTP/1.1 messages that the rest of the gateway knows, and back. */
@NullMarked
package dev.llmsim.gateway.http2;

import org.jspecify.annotations.NullMarked;
