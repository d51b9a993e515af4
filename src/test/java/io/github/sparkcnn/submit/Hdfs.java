package io.github.sparkcnn.submit;

import io.github.sparkcnn.data.csv.CsvWriter;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.data.sample.SampleGarments;
import io.github.sparkcnn.io.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/** HDFS in this JVM, for processes that are told its address in every path, with images to train on. */
final class Hdfs implements AutoCloseable {

    private final MiniDFSCluster cluster;

    private Hdfs(MiniDFSCluster cluster) {
        this.cluster = cluster;
    }

    static Hdfs start(java.nio.file.Path folder) throws IOException {
        Configuration conf = new Configuration();
        conf.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.toString());
        return new Hdfs(new MiniDFSCluster.Builder(conf).build());
    }

    /** Writes images of the sample as Kaggle does. */
    static void writeImages(FileSystem files, String csv, Split split, int images) {
        Storage storage = Storage.ofLocalMaster(files.getConf());
        CsvWriter.write(storage, files.makeQualified(new Path(csv)), SampleGarments.draw(split, images, 1));
    }

    FileSystem files() throws IOException {
        return cluster.getFileSystem();
    }

    /** The whole path of what is called {@code /name} there. */
    String path(String name) {
        return cluster.getURI() + "/" + name;
    }

    boolean exists(String name) throws IOException {
        return files().exists(new Path("/" + name));
    }

    List<String> lines(String name) throws IOException {
        try (var in = files().open(new Path("/" + name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    @Override
    public void close() {
        cluster.close();
    }
}
