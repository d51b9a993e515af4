package io.github.sparkcnn.data.numpy;

import io.github.sparkcnn.data.format.Beginning;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.numpy.NpzArchive;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** Arrays by their names, in one {@code .npz} or as {@code .npy} files of one folder. */
sealed interface ArrayFiles extends Closeable {

    List<String> names();

    /** The bytes of an array with its header. */
    long size(String name);

    /** Opens an array from its header on. */
    InputStream open(String name) throws IOException;

    /** For messages. */
    String source(String name);

    /** The files that the arrays of these names lie in. */
    List<Path> files(List<String> names);

    @Override
    void close() throws IOException;

    /** Opens what is at a path: an archive, or a folder or one file of it, whose folder holds the other. */
    static ArrayFiles open(Storage storage, FileStatus root) {
        if (root.isDirectory()) {
            return new Folder(storage, npy(storage, root.getPath()));
        }
        boolean isArray = Beginning.of(storage, root).startsWith(0x93);
        return isArray
                ? new Folder(storage, npy(storage, root.getPath().getParent()))
                : new Archive(
                        root.getPath(),
                        NpzArchive.open(storage.channel(root.getPath()), Storage.display(root.getPath())));
    }

    private static Map<String, FileStatus> npy(Storage storage, Path folder) {
        Map<String, FileStatus> arrays = new TreeMap<>();
        for (FileStatus entry : storage.list(folder)) {
            String name = entry.getPath().getName();
            if (entry.isFile() && name.endsWith(NumpyFormat.SUFFIX)) {
                arrays.put(name.substring(0, name.length() - NumpyFormat.SUFFIX.length()), entry);
            }
        }
        return arrays;
    }

    /** The arrays of one file. */
    record Archive(Path file, NpzArchive archive) implements ArrayFiles {

        @Override
        public List<String> names() {
            return archive.names();
        }

        @Override
        public long size(String name) {
            return archive.size(name);
        }

        @Override
        public InputStream open(String name) throws IOException {
            return archive.open(name);
        }

        @Override
        public String source(String name) {
            return Storage.display(file) + ", array " + name;
        }

        @Override
        public List<Path> files(List<String> names) {
            return List.of(file);
        }

        @Override
        public void close() throws IOException {
            archive.close();
        }
    }

    /** A file for each array. */
    record Folder(Storage storage, Map<String, FileStatus> arrays) implements ArrayFiles {

        @Override
        public List<String> names() {
            return List.copyOf(arrays.keySet());
        }

        @Override
        public long size(String name) {
            return arrays.get(name).getLen();
        }

        @Override
        public InputStream open(String name) {
            return storage.open(arrays.get(name).getPath());
        }

        @Override
        public String source(String name) {
            return Storage.display(arrays.get(name).getPath());
        }

        @Override
        public List<Path> files(List<String> names) {
            return names.stream().map(name -> arrays.get(name).getPath()).toList();
        }

        @Override
        public void close() {}
    }
}
