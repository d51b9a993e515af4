package io.github.sparkcnn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.data.csv.CsvWriter;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.data.sample.SampleGarments;
import io.github.sparkcnn.eval.EvaluationReport;
import io.github.sparkcnn.eval.EvaluationRun;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.train.TrainingResult;
import io.github.sparkcnn.train.TrainingRun;
import io.github.sparkcnn.train.listener.TrainingListener;
import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("cluster")
class HdfsIT extends SparkTest {

    @TempDir
    File folder;

    @Test
    void aRunReadsFromHdfsAndLeavesItsFolderThere() throws IOException {
        Configuration hadoop = new Configuration();
        hadoop.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.getPath());
        try (MiniDFSCluster cluster = new MiniDFSCluster.Builder(hadoop).build()) {
            String root = cluster.getURI() + "/user/me";
            Storage storage = Storage.ofLocalMaster(jsc().hadoopConfiguration());
            CsvWriter.write(storage, new Path(root + "/train.csv"), SampleGarments.draw(Split.TRAIN, 200, 1));
            CsvWriter.write(storage, new Path(root + "/test.csv.gz"), SampleGarments.draw(Split.TEST, 50, 1));

            TrainingResult result = new TrainingRun(
                            spark(),
                            ConfigurationReader.read(
                                    "hdfs",
                                    "training { epochs = 1, batch-size = 50, strategy = local }, device.threads = 1",
                                    List.of("data.train=" + root + "/train.csv", "data.test=" + root + "/test.csv.gz")),
                            storage,
                            storage.path(root + "/run"),
                            List.of())
                    .execute();

            FileSystem files = cluster.getFileSystem();
            assertThat(names(files.listStatus(new Path("/user/me/run"))))
                    .contains("manifest.json", "metrics.jsonl", "model");
            assertThat(names(files.listStatus(new Path("/user/me/run/model"))))
                    .containsExactlyInAnyOrder("model.json", "model.zip");
            EvaluationReport again =
                    new EvaluationRun(spark(), storage, root + "/run", root + "/test.csv.gz", "csv").execute();
            assertThat(again.accuracy()).isEqualTo(result.last().validationAccuracy());
            assertThat(again.loss()).isEqualTo(result.last().validationLoss());
        }
    }

    @Test
    void aRunOnHdfsIsResumedToTheBitsOfAnUninterruptedOne() throws IOException {
        Configuration hadoop = new Configuration();
        hadoop.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.getPath());
        try (MiniDFSCluster cluster = new MiniDFSCluster.Builder(hadoop).build()) {
            String root = cluster.getURI() + "/user/me";
            Storage storage = Storage.ofLocalMaster(jsc().hadoopConfiguration());
            CsvWriter.write(storage, new Path(root + "/train.csv"), SampleGarments.draw(Split.TRAIN, 100, 1));
            training(storage, root, "whole").execute();
            assertThatThrownBy(() -> training(storage, root, "resumed", new EndAfterEpoch(2))
                            .execute())
                    .hasMessage("the driver is gone");
            FileSystem files = cluster.getFileSystem();
            Path checkpoints = new Path("/user/me/resumed/checkpoints");
            files.mkdirs(new Path(checkpoints, ".epoch-0003.tmp-" + UUID.randomUUID()));

            training(storage, root, "resumed").resume();

            assertThat(names(files.listStatus(checkpoints))).containsExactlyInAnyOrder("epoch-0002", "epoch-0003");
            NetworkState whole = state(storage, root + "/whole");
            NetworkState resumed = state(storage, root + "/resumed");
            assertThat(resumed.parameters()).isEqualTo(whole.parameters());
            assertThat(resumed.updater()).isEqualTo(whole.updater());
            assertThat(resumed.iteration()).isEqualTo(whole.iteration());
        }
    }

    private static TrainingRun training(Storage storage, String root, String name, TrainingListener... listeners) {
        return new TrainingRun(
                spark(),
                ConfigurationReader.read(
                        name,
                        "training { epochs = 3, batch-size = 25, workers = 2, strategy = all-reduce, checkpoint.keep = 2 }",
                        List.of("data.train=" + root + "/train.csv")),
                storage,
                storage.path(root + "/" + name),
                List.of(listeners));
    }

    /** Ends a run behind an epoch's checkpoint. */
    private record EndAfterEpoch(int epoch) implements TrainingListener {
        @Override
        public void epochEnded(EpochMetrics metrics, Network network) {
            if (metrics.epoch() == epoch) {
                throw new IllegalStateException("the driver is gone");
            }
        }
    }

    private static NetworkState state(Storage storage, String run) {
        return NetworkState.of(ModelFolder.load(storage, run).network());
    }

    private static List<String> names(FileStatus... files) {
        return Arrays.stream(files).map(file -> file.getPath().getName()).toList();
    }
}
