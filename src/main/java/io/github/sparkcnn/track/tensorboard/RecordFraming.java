package io.github.sparkcnn.track.tensorboard;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The TFRecord framing: length (8 bytes, little-endian), its masked CRC-32C, the data, their masked CRC-32C
 * (tensorflow/core/lib/io/record_writer.h).
 */
final class RecordFraming {
    private static final int MASK_DELTA = 0xa282ead8;

    private RecordFraming() {}

    static void write(OutputStream out, byte[] data) throws IOException {
        byte[] length = littleEndian(Long.BYTES).putLong(data.length).array();
        out.write(length);
        out.write(checksum(length));
        out.write(data);
        out.write(checksum(data));
    }

    private static byte[] checksum(byte[] data) {
        return littleEndian(Integer.BYTES).putInt(maskedCrc(data)).array();
    }

    /** Rotated and shifted, because a CRC of data that holds CRCs is weak. */
    static int maskedCrc(byte[] data) {
        CRC32C crc = new CRC32C();
        crc.update(data);
        return Integer.rotateRight((int) crc.getValue(), 15) + MASK_DELTA;
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
