package io.github.sparkcnn.data.csv;

import java.io.Serializable;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * What one task reads of a file: the lines that begin in {@code start … end}, but for the first where that began before.
 *
 * @param number its place among the parts
 * @param file its path
 * @param first where the file's first line begins that is not blank, which may be a header; not told of a whole file
 * @param whole whether these are all lines of the file; a compressed one is not cut
 * @param hosts where the bytes are
 */
record CsvPart(int number, String file, long start, long end, long first, boolean whole, List<String> hosts)
        implements Serializable {

    CsvPart {
        hosts = List.copyOf(hosts);
    }

    /** All of a file, from wherever. */
    static CsvPart whole(Path file) {
        return new CsvPart(0, file.toString(), 0, Long.MAX_VALUE, 0, true, List.of());
    }

    Path path() {
        return new Path(file);
    }
}
