package dev.llmsim.store;

import java.util.List;

/**
 * One step of the schema.
 *
 * <p>H2 commits every statement that changes a schema, so a step that a crash cut short is run again from its first
 * statement: each must do nothing when it was done before ({@code IF NOT EXISTS}).
 *
 * @param version 1 for the first step, then one more each
 * @param statements SQL in which {@code {bytes:N}} stands for the database's type of at most N bytes
 */
record Migration(int version, String description, List<String> statements) {
    Migration {
        statements = List.copyOf(statements);
        if (version < 1) {
            throw new IllegalArgumentException("version: " + version + " (expected: >= 1)");
        }
    }

    /** Every step there is, in order. */
    static List<Migration> all() {
        return List.of(
                new Migration(1, "cassettes, exchanges, bodies", V1),
                new Migration(2, "short bodies in their own row", List.of(V2)));
    }

    private static final String V2 = "ALTER TABLE body ADD COLUMN IF NOT EXISTS content {bytes:1000000}";

    private static final List<String> V1 =
            List.of("""
            CREATE TABLE IF NOT EXISTS cassette (
                cassette_id INTEGER NOT NULL PRIMARY KEY,
                name VARCHAR(1000) NOT NULL UNIQUE)""", """
            CREATE TABLE IF NOT EXISTS body (
                hash {bytes:32} NOT NULL PRIMARY KEY,
                uses BIGINT NOT NULL,
                byte_count BIGINT NOT NULL,
                packed_bytes BIGINT NOT NULL,
                packing VARCHAR(20) NOT NULL)""", """
            CREATE TABLE IF NOT EXISTS body_part (
                hash {bytes:32} NOT NULL,
                part INTEGER NOT NULL,
                content {bytes:1000000} NOT NULL,
                PRIMARY KEY (hash, part))""", """
            CREATE TABLE IF NOT EXISTS exchange (
                row_id BIGINT NOT NULL PRIMARY KEY,
                cassette_id INTEGER NOT NULL,
                sealed BOOLEAN NOT NULL,
                begun_at_millis BIGINT,
                reason_unfinished VARCHAR(4000),
                recording_id VARCHAR(1000),
                upstream VARCHAR(4000) NOT NULL,
                origin VARCHAR(4000),
                method VARCHAR(1000) NOT NULL,
                target VARCHAR(1000000) NOT NULL,
                headers_known BOOLEAN,
                request_headers {bytes:1000000},
                request_body {bytes:32},
                status INTEGER,
                reason_phrase VARCHAR(1000000),
                response_headers {bytes:1000000},
                trailers {bytes:1000000},
                framing VARCHAR(20),
                declared_bytes BIGINT,
                timing VARCHAR(20),
                head_micros BIGINT,
                end_micros BIGINT,
                ending VARCHAR(40),
                frames {bytes:1000000},
                frames_body {bytes:32},
                response_body {bytes:32},
                body_bytes BIGINT,
                redacted BOOLEAN,
                checksum {bytes:32},
                content_key {bytes:16},
                exact_key {bytes:16},
                normaliser_version INTEGER,
                flaw VARCHAR(4000))""", "CREATE INDEX IF NOT EXISTS exchange_by_key ON exchange (content_key)");
}
