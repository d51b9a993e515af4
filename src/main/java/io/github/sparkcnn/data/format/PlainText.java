package io.github.sparkcnn.data.format;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/** Whether files may hold a table of text, which has no mark of its own: it is text, and no other format's. */
final class PlainText {

    private static final Pattern PART = Pattern.compile("(?i).*\\.csv(\\.gz)?|part-.*");
    private static final String CSV = ".csv";

    private PlainText() {}

    static boolean isAt(Beginning beginning) {
        return beginning.isFolder() ? isFolder(beginning) : isFile(beginning);
    }

    /** By its first part that is not empty; one of nothing but empty parts is a table without rows. */
    private static boolean isFolder(Beginning folder) {
        List<FileStatus> parts = folder.content().stream()
                .filter(entry -> entry.isFile()
                        && PART.matcher(entry.getPath().getName()).matches())
                .toList();
        return parts.stream()
                .filter(part -> part.getLen() > 0)
                .findFirst()
                .map(part -> isFile(folder.at(part)))
                .orElse(!parts.isEmpty());
    }

    private static boolean isFile(Beginning file) {
        return file.isEmpty() || file.isText() || isZipOfText(file) || hasCodec(file);
    }

    private static boolean isZipOfText(Beginning file) {
        return file.firstZipped()
                .filter(name -> name.toLowerCase(Locale.ROOT).endsWith(CSV))
                .isPresent();
    }

    /** Whether it is compressed as its name says, with another codec than gzip, through which a beginning is seen. */
    private static boolean hasCodec(Beginning file) {
        return !file.isText()
                && !file.name().endsWith(".gz")
                && new CompressionCodecFactory(new Configuration())
                                .getCodec(file.root().getPath())
                        != null;
    }
}
