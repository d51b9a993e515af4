package io.github.sparkcnn.data.csv;

import java.io.Serializable;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * What one task reads of a file: the lines that begin in {@code start … end}, but for the first where that began before.
 *
 * @param file its path
 * @param whole whether these are all lines of the file; a compressed one is not cut
 * @param hosts where the bytes are
 */
record CsvPart(String file, long start, long end, boolean whole, List<String> hosts) implements Serializable {

    CsvPart {
        hosts = List.copyOf(hosts);
    }

    Path path() {
        return new Path(file);
    }
}
