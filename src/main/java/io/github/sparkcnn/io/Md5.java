package io.github.sparkcnn.io;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A sum of bytes that data sets publish; it finds damage, not malice. */
public final class Md5 {
    private final MessageDigest digest;

    /** Of no byte yet. */
    public Md5() {
        try {
            this.digest = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    /** Adds all bytes. */
    public void add(byte[] bytes) {
        add(bytes, 0, bytes.length);
    }

    /** Adds bytes of an array. */
    public void add(byte[] bytes, int from, int count) {
        digest.update(bytes, from, count);
    }

    /** The sum in lower-case hexadecimal; begins anew. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
