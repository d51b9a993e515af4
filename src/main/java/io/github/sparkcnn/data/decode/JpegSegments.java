package io.github.sparkcnn.data.decode;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.MalformedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * What the segments of a JPEG before its first scan tell.
 *
 * @param components 1 grey, 3 colours, 4 inks
 * @param adobe the colour transform in Adobe's segment: 0 none, 1 YCbCr, 2 YCCK; −1 without one
 * @param orientation of EXIF, 1 to 8
 * @param profiles where the parts of an ICC profile begin
 */
record JpegSegments(int components, int height, int width, int adobe, int orientation, List<Integer> profiles) {
    private static final int APP1 = 0xe1;
    private static final int APP2 = 0xe2;
    private static final int APP14 = 0xee;
    private static final int START_OF_SCAN = 0xda;
    private static final int END = 0xd9;

    static JpegSegments of(byte[] bytes) {
        Bytes jpeg = Bytes.big(bytes);
        int frame = -1;
        int adobe = -1;
        int orientation = Orientation.UPRIGHT;
        List<Integer> profiles = new ArrayList<>();
        int at = 2;
        int marker = 0;
        while (marker != START_OF_SCAN && marker != END) {
            while (jpeg.byteAt(at) != 0xff || jpeg.byteAt(at + 1) == 0xff || jpeg.byteAt(at + 1) == 0) {
                at++; // fill bytes, and what bad writers leave between segments
            }
            marker = jpeg.byteAt(at + 1);
            if (isFrame(marker) && frame >= 0) { // the JDK's reader would make room for the first, whatever it says
                throw new MalformedImage("is damaged: it has two frames");
            }
            if (isFrame(marker)) {
                frame = at + 4;
            } else if (marker == APP1 && ForeignFile.startsWith(bytes, at + 4, "Exif\0\0")) {
                orientation = Orientation.inExif(bytes, at + 10, jpeg.shortAt(at + 2) - 8);
            } else if (marker == APP2 && ForeignFile.startsWith(bytes, at + 4, "ICC_PROFILE\0")) {
                profiles.add(at + 4);
            } else if (marker == APP14 && ForeignFile.startsWith(bytes, at + 4, "Adobe")) {
                adobe = jpeg.byteAt(at + 15);
            }
            at += marker == END ? 2 : 2 + jpeg.shortAt(at + 2);
        }
        if (frame < 0) {
            throw new MalformedImage("is a JPEG without an image");
        }
        return new JpegSegments(
                jpeg.byteAt(frame + 5), jpeg.shortAt(frame + 1), jpeg.shortAt(frame + 3), adobe, orientation, profiles);
    }

    /** The same image without the profile, by which the JDK's reader, alone among readers, would change the colours. */
    byte[] withoutProfile(byte[] bytes) {
        if (profiles.isEmpty()) {
            return bytes;
        }
        byte[] plain = bytes.clone();
        profiles.forEach(at -> plain[at] = 'X');
        return plain;
    }

    /** As it will be decoded, upright. */
    ImageShape shape() {
        boolean lies = Orientation.swapsSides(orientation);
        return ImageHeader.shape(components > 1, lies ? width : height, lies ? height : width);
    }

    /** SOF0 to SOF15, among which are the tables DHT, JPG and DAC. */
    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }
}
