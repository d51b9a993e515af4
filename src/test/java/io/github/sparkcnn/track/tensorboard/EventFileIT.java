package io.github.sparkcnn.track.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("cluster")
class EventFileIT {

    @Test
    void showsItsEventsOnHdfsWhileItIsOpen(@TempDir java.nio.file.Path base) throws Exception {
        Configuration hadoop = new Configuration();
        try (MiniDFSCluster hdfs = new MiniDFSCluster.Builder(hadoop, base.toFile())
                .numDataNodes(1)
                .build()) {
            FileSystem files = hdfs.getFileSystem();
            Path folder = files.makeQualified(new Path("/run/tensorboard"));
            try (EventWriter writer = EventFile.create(folder, hadoop)) {
                writer.scalar("loss", 1, 0.5);
                writer.flush();

                Path file = files.listStatus(folder)[0].getPath();
                try (InputStream in = files.open(file)) {
                    assertThat(EventRecord.readAll(in.readAllBytes())).hasSize(2);
                }
            }
        }
    }
}
