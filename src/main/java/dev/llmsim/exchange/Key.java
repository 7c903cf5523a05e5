package dev.llmsim.exchange;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A 128-bit hash that stands for a request: equal keys are equal requests. */
public record Key(long high, long low) {

    /** The first 128 bits of the SHA-256 of {@code parts}, in order. */
    public static Key hash(byte[]... parts) {
        MessageDigest digest = sha256();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return of(digest.digest());
    }

    /** The key in the first 16 bytes of {@code bytes}. */
    public static Key of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Key(buffer.getLong(), buffer.getLong());
    }

    /** This key seen at one upstream: the same content sent elsewhere has another key. */
    public Key at(String upstream) {
        return hash(toBytes(), upstream.getBytes(StandardCharsets.UTF_8));
    }

    /** 16 bytes, big endian. */
    public byte[] toBytes() {
        return ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    }

    /** 32 lower-case hexadecimal digits. */
    public String hex() {
        return HexFormat.of().formatHex(toBytes());
    }

    @Override
    public String toString() {
        return hex();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
