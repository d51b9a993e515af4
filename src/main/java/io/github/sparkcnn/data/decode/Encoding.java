package io.github.sparkcnn.data.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.sparkcnn.image.MalformedImage;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

/** The encodings that are read, told by an image's first bytes: a file's name does not matter. */
public enum Encoding {
    PNG("\u0089PNG\r\n\u001a\n"),
    JPEG("\u00ff\u00d8\u00ff"),
    BMP("BM"),
    GIF("GIF8");

    private final String mark;

    Encoding(String mark) {
        this.mark = mark;
    }

    /**
     * The encoding of an image.
     *
     * @throws MalformedImage saying what the bytes are instead
     */
    static Encoding of(byte[] bytes) {
        return find(bytes).orElseThrow(() -> new MalformedImage(reason(bytes)));
    }

    /** The encoding that begins with these bytes, if it is one of those that are read. */
    public static Optional<Encoding> find(byte[] start) {
        return Stream.of(values())
                .filter(encoding -> ForeignFile.startsWith(start, 0, encoding.mark))
                .findFirst();
    }

    private static String reason(byte[] bytes) {
        if (bytes.length == 0) {
            return "is empty";
        }
        return ForeignFile.name(bytes)
                .map(name -> "is " + name + ", and PNG, JPEG, BMP and GIF are read")
                .orElseGet(() -> "is no PNG, JPEG, BMP or GIF image: it begins with the bytes "
                        + HexFormat.ofDelimiter(" ").formatHex(bytes, 0, Math.min(8, bytes.length)));
    }

    static String text(byte[] bytes, int most) {
        return new String(bytes, 0, Math.min(most, bytes.length), ISO_8859_1);
    }
}
