package io.github.sparkcnn.data.folder;

import io.github.sparkcnn.data.decode.Encoding;
import io.github.sparkcnn.data.format.BadImages;
import io.github.sparkcnn.data.format.Beginning;
import io.github.sparkcnn.data.format.ImageFiles;
import io.github.sparkcnn.data.format.ImageFormat;
import io.github.sparkcnn.data.format.ImageRows;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.LeftOut;
import io.github.sparkcnn.data.pack.Reading;
import io.github.sparkcnn.image.Classes;
import io.github.sparkcnn.io.Storage;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Images as files: a folder with a sub-folder a class, or a zip or tar of one, with halves {@code train} and {@code test} (or
 * {@code val}) or without. In the order of the paths, so that folder, archive and a table ordered by path are the same images.
 */
public final class ImagesFormat implements ImageFormat {
    @Override
    public String name() {
        return "images";
    }

    @Override
    public boolean isAt(Beginning beginning) {
        return switch (Opened.kind(beginning)) {
            case FOLDER ->
                FolderLook.holdsImages(beginning.storage(), beginning.root().getPath());
            case FILE ->
                !beginning.isCompressed() && Encoding.find(beginning.start()).isPresent();
            case ZIP ->
                ZipDirectory.of(beginning.storage(), beginning.root()).members().stream()
                        .anyMatch(Member::isCalledImage);
            case TAR -> TarIndex.holdsImage(beginning.storage(), beginning.root());
        };
    }

    @Override
    public ImageFiles read(JavaSparkContext spark, Storage storage, ImageSource source, FileStatus root) {
        Found found = Found.at(storage, root, source);
        List<String> folders = found.requireClasses();
        found.look().requireOneSize(Storage.display(root.getPath()));
        LeftOut leftOut = LeftOut.of(spark.sc(), "files", root.getPath().toString());
        List<Chunk> chunks = Chunk.of(found.tree().members(), folders);
        JavaRDD<Reading> readings = spark.parallelize(chunks, chunks.size())
                .flatMap(new ReadChunk(
                        new SerializableConfiguration(spark.hadoopConfiguration()),
                        found.container(),
                        found.look().wanted(),
                        source.malformed(),
                        leftOut));
        return new ImageFiles(
                Storage.display(root.getPath()),
                found.look().wanted().rendering().shape(),
                readings,
                root.isFile() ? List.of(root.getPath()) : List.of(),
                new FolderDiagnosis(leftOut, found.notices()),
                Optional.of(folders));
    }

    @Override
    public ImageRows rows(SparkSession spark, Storage storage, ImageSource source, FileStatus root) {
        Found found = Found.at(storage, root, source);
        if (found.tree().members().isEmpty()) {
            throw BadImages.in(root.getPath(), "it holds no file", "Name a folder or an archive of images");
        }
        return FileRows.of(spark, found, Storage.display(root.getPath()));
    }

    /** The classes' folders in the order in which classes are. */
    static List<String> ordered(List<String> folders) {
        return Classes.ofValues(folders).values();
    }
}
