package io.github.sparkcnn.allreduce.memory;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What a worker says of memory that it wants to share.
 *
 * @param file its name, without a folder: the other looks where it would have made it itself, and nowhere else
 * @param token that the file begins with: another host, or another container, may have a file of that name too
 * @param slots in it
 */
public record MemoryOffer(String file, String token, int slots) {
    static final int TOKEN_BYTES = 16;

    private static final String PREFIX = "sparkcnn-";
    private static final int MOST_SLOTS = 1 << 10;
    private static final Pattern NAME = Pattern.compile(PREFIX + "[0-9a-f]{32}");
    private static final SecureRandom RANDOM = new SecureRandom();

    public MemoryOffer {
        boolean isToken = token.length() == 2 * TOKEN_BYTES && token.chars().allMatch(HexFormat::isHexDigit);
        if (!NAME.matcher(file).matches() || !isToken || slots < 1 || slots > MOST_SLOTS) {
            throw new IllegalArgumentException("an offer of " + slots + " slots in " + file);
        }
    }

    static MemoryOffer of(int slots) {
        return new MemoryOffer(PREFIX + random(), random(), slots);
    }

    byte[] tokenBytes() {
        return HexFormat.of().parseHex(token);
    }

    /** As fields of a message. */
    public void write(DataOutputStream out) throws IOException {
        out.writeUTF(file);
        out.writeUTF(token);
        out.writeInt(slots);
    }

    /** What {@link #write} wrote; throws IllegalArgumentException on what is no offer. */
    public static MemoryOffer read(DataInputStream in) throws IOException {
        return new MemoryOffer(in.readUTF(), in.readUTF(), in.readInt());
    }

    private static String random() {
        byte[] bytes = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
