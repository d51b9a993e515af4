package io.github.sparkcnn.data.folder;

import io.github.sparkcnn.io.Storage;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** Lists a folder and all below it in the driver, a request a folder; hidden files are left out. */
final class Listing {
    private final Storage storage;
    private final List<Member> members = new ArrayList<>();
    private final List<String> empty = new ArrayList<>();

    private Listing(Storage storage) {
        this.storage = storage;
    }

    static Tree of(Storage storage, FileStatus root) {
        Listing listing = new Listing(storage);
        if (root.isFile()) {
            listing.add(root.getPath().getName(), root);
        } else {
            listing.list(root.getPath(), "");
        }
        return Tree.of(listing.members, listing.empty);
    }

    private void list(Path folder, String above) {
        boolean isEmpty = true;
        for (FileStatus status : storage.everythingIn(folder)) {
            String name = status.getPath().getName();
            if (!Member.isHidden(name)) {
                isEmpty = false;
                if (status.isDirectory()) {
                    list(status.getPath(), above + name + "/");
                } else {
                    add(above + name, status);
                }
            }
        }
        if (isEmpty && !above.isEmpty()) {
            empty.add(above.substring(0, above.length() - 1));
        }
    }

    private void add(String name, FileStatus file) {
        members.add(new Member(name, 0, file.getLen(), file.getLen(), Member.Zipped.NOT));
    }
}
