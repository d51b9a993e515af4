package io.github.sparkcnn.data.download;

import io.github.sparkcnn.data.download.OfficialDataSet.RemoteFile;
import io.github.sparkcnn.io.DataFile;
import io.github.sparkcnn.io.Storage;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;

/** Fetches the four files of a data set into a folder. Files that are there and whole are not fetched again. */
public final class Download {
    private final List<RemoteFile> files;
    private final URI home;
    private final Storage storage;
    private final Path folder;

    Download(List<RemoteFile> files, URI home, Storage storage, Path folder) {
        this.files = List.copyOf(files);
        this.home = home;
        this.storage = storage;
        this.folder = folder;
    }

    /** From the data set's own home. */
    public static Download of(OfficialDataSet dataSet, Storage storage, Path folder) {
        return of(dataSet, dataSet.home(), storage, folder);
    }

    /** From a mirror: a folder on the web with the same file names. */
    public static Download of(OfficialDataSet dataSet, URI home, Storage storage, Path folder) {
        return new Download(dataSet.files(), home, storage, folder);
    }

    /**
     * What was done.
     *
     * @param files all files of the data set, now in the folder
     * @param fetched how many of them were not there before
     */
    public record Result(List<DataFile> files, int fetched) {
        public Result {
            files = List.copyOf(files);
        }
    }

    public Result execute() {
        storage.createFolder(folder);
        List<DataFile> whole = new ArrayList<>();
        int fetched = 0;
        for (RemoteFile file : files) {
            Path target = new Path(folder, file.name());
            if (!isWhole(target, file)) {
                new Transfer(storage, resolve(file.name()), target, file.md5()).execute();
                fetched++;
            }
            whole.add(DataFile.of(storage, target));
        }
        return new Result(whole, fetched);
    }

    private boolean isWhole(Path target, RemoteFile file) {
        return storage.exists(target) && DataFile.of(storage, target).md5().equals(file.md5());
    }

    private URI resolve(String name) {
        String base = home.toString();
        return URI.create(base.endsWith("/") ? base + name : base + "/" + name);
    }
}
