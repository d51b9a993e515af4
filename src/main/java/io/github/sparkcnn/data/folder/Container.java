package io.github.sparkcnn.data.folder;

import java.io.Serializable;
import org.apache.hadoop.fs.Path;

/**
 * Where files lie.
 *
 * @param root the folder or archive
 * @param above folders between the root and where the members' names begin, each with its {@code /}
 */
record Container(Kind kind, String root, String above) implements Serializable {
    /** How bytes are had. */
    enum Kind {
        FOLDER,
        FILE,
        ZIP,
        TAR
    }

    Path path() {
        return new Path(root);
    }

    Container below(String folders) {
        return new Container(kind, root, folders);
    }
}
