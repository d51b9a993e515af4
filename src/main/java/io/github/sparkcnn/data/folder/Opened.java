package io.github.sparkcnn.data.folder;

import io.github.sparkcnn.data.format.BadImages;
import io.github.sparkcnn.data.format.Beginning;
import io.github.sparkcnn.io.Storage;
import org.apache.hadoop.fs.FileStatus;

/** A folder or an archive, told by its first bytes, and the files in it. */
record Opened(Container container, Tree tree) {
    private static final int TAR_MARK = 257;

    static Opened of(Storage storage, FileStatus root) {
        Container.Kind kind = kind(Beginning.of(storage, root));
        Tree tree = switch (kind) {
            case FOLDER, FILE -> Listing.of(storage, root);
            case ZIP -> ZipDirectory.of(storage, root);
            case TAR -> TarIndex.of(storage, root);
        };
        return new Opened(new Container(kind, root.getPath().toString(), ""), tree);
    }

    static Container.Kind kind(Beginning beginning) {
        if (beginning.isFolder()) {
            return Container.Kind.FOLDER;
        }
        if (!beginning.isCompressed() && beginning.has(0, "PK\3\4")) {
            return Container.Kind.ZIP;
        }
        if (beginning.name().endsWith(".tar.gz") || beginning.name().endsWith(".tgz")) {
            throw BadImages.in(
                    beginning.root().getPath(),
                    "a compressed tar can only be read from its beginning, by one task",
                    "Unpack it with gunzip to a tar, or make a zip of it");
        }
        return !beginning.isCompressed() && beginning.has(TAR_MARK, "ustar") ? Container.Kind.TAR : Container.Kind.FILE;
    }
}
