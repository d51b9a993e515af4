package io.github.sparkcnn.data.decode;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** What people put among their images that is none of those that are read, called by its name. */
record ForeignFile(String name, Predicate<byte[]> recognised) {
    private static final int SHOWN = 1024;

    private static final List<ForeignFile> KNOWN = List.of(
            at(0, "II*\0", "a TIFF image"),
            at(0, "MM\0*", "a TIFF image"),
            at(0, "II+\0", "a BigTIFF image"),
            at(8, "WEBP", "a WebP image"),
            at(4, "ftypavi", "an AVIF image"),
            at(4, "ftyphe", "a HEIC image"),
            at(4, "ftypmif1", "a HEIC image"),
            at(4, "ftyp", "a video or another ISO media file"),
            at(4, "jP  ", "a JPEG 2000 image"),
            at(0, "\u00ffO\u00ffQ", "a JPEG 2000 image"),
            at(4, "JXL ", "a JPEG XL image"),
            at(0, "\u00ff\n", "a JPEG XL image"),
            at(0, "8BPS", "a Photoshop file"),
            at(0, "%PDF", "a PDF file"),
            at(0, "\0\0\u0001\0", "an icon"),
            at(128, "DICM", "a DICOM image"),
            at(0, "\u0093NUMPY", "a NumPy array"),
            at(0, "PK\u0003\u0004", "a zip archive"),
            at(0, "\u001f\u008b", "a gzip file"),
            at(0, "Rar!", "a RAR archive"),
            at(0, "PAR1", "a Parquet file"),
            at(0, "version https://git-lfs", "a pointer of Git LFS, not the file itself"),
            new ForeignFile("a PNM image", bytes -> Encoding.text(bytes, 3).matches("(?s)P[1-7]\\s")),
            new ForeignFile("an SVG drawing", bytes -> markup(bytes).contains("<svg")),
            new ForeignFile(
                    "a web page", bytes -> markup(bytes).matches("(?s)<!doctype html.*|<html.*|<head.*|<body.*")),
            new ForeignFile("an XML file", bytes -> markup(bytes).startsWith("<?xml")),
            new ForeignFile("a text file", ForeignFile::isText));

    static Optional<String> name(byte[] bytes) {
        return KNOWN.stream()
                .filter(known -> known.recognised.test(bytes))
                .map(ForeignFile::name)
                .findFirst();
    }

    static boolean startsWith(byte[] bytes, int at, String mark) {
        boolean same = bytes.length >= at + mark.length();
        for (int i = 0; same && i < mark.length(); i++) {
            same = (bytes[at + i] & 0xff) == mark.charAt(i);
        }
        return same;
    }

    private static ForeignFile at(int position, String mark, String name) {
        return new ForeignFile(name, bytes -> startsWith(bytes, position, mark));
    }

    /** The beginning of what may be markup, without a byte order mark and blanks. */
    private static String markup(byte[] bytes) {
        String text = Encoding.text(bytes, SHOWN);
        String marked = text.startsWith("\u00ef\u00bb\u00bf") ? text.substring(3) : text;
        String begun = marked.strip().toLowerCase(Locale.ROOT);
        return begun.startsWith("<") ? begun : "";
    }

    private static boolean isText(byte[] bytes) {
        return Encoding.text(bytes, SHOWN).chars().allMatch(c -> c >= ' ' || c == '\n' || c == '\r' || c == '\t');
    }
}
