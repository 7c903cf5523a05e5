package dev.llmsim.provider.anthropic;

import dev.llmsim.exchange.Request;
import java.util.List;

/** What the version that a client names in {@code anthropic-version} forbids. No version: as the old one. */
enum ApiVersion {
    /** {@code 2023-06-01}, and any that is not known. */
    OLD,
    /** {@code 2026-10-21}: takes no sampling parameters, and answers have no documents. */
    NEW;

    static ApiVersion of(Request request) {
        return request.headers().first("anthropic-version").orElse("").equals("2026-10-21") ? NEW : OLD;
    }

    /** Refuses the members of a request that this version no longer has. */
    void check(Fields fields) {
        if (this == OLD) {
            return;
        }
        for (String removed : List.of("temperature", "top_p", "top_k")) {
            if (fields.has(removed)) {
                throw FieldErrors.at(removed, "Extra inputs are not permitted");
            }
        }
    }

    /** Refuses a block that this version has no longer in a message of {@code role}. */
    void checkBlock(String role, String type, Fields block) {
        if (this == OLD) {
            return;
        }
        if (role.equals("assistant") && type.equals("document")) {
            throw FieldErrors.at(block.path(), "`document` blocks are not permitted in `assistant` messages");
        }
        if (role.equals("user") && type.equals("text") && !block.at("citations").isEmpty()) {
            throw FieldErrors.at(block.path() + ".text.citations", "Extra inputs are not permitted");
        }
    }
}
