package io.github.sparkcnn.data.decode;

import javax.imageio.stream.ImageInputStreamImpl;

/** Bytes in memory for a reader of images, without the copies and blocks of the JDK's own. */
final class ArrayInput extends ImageInputStreamImpl {
    private final byte[] bytes;

    ArrayInput(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public int read() {
        bitOffset = 0;
        return streamPos < bytes.length ? bytes[(int) streamPos++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int from, int most) {
        bitOffset = 0;
        int left = bytes.length - (int) Math.min(streamPos, bytes.length);
        if (left == 0 && most > 0) {
            return -1;
        }
        int count = Math.min(left, most);
        System.arraycopy(bytes, (int) streamPos, target, from, count);
        streamPos += count;
        return count;
    }

    @Override
    public long length() {
        return bytes.length;
    }
}
