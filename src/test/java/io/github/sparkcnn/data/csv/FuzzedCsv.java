package io.github.sparkcnn.data.csv;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.config.DataConfig.Malformed;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.LeftOut;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.fuzz.Compressed;
import io.github.sparkcnn.fuzz.Compressed.Entry;
import io.github.sparkcnn.fuzz.InTask;
import io.github.sparkcnn.fuzz.OutsideReader;
import io.github.sparkcnn.fuzz.Scratch;
import io.github.sparkcnn.image.Classes;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;

/** CSV for training and for predictions; plain, gzip, zip, or bzip2 by its name. */
public record FuzzedCsv(String name, String file, Scratch scratch) implements OutsideReader {
    private static final List<String> TEXTS = List.of(
            "label,pixel1,pixel2,pixel3,pixel4\n3,0,255,7,1\n9,1,2,3,4\n0,9,8,7,6\n",
            "1,2,3,4,5\r\n2,3,4,5,6\r\n",
            "\ufeffclass,p0,p1,p2,p3,name\n\"cat, big\",0,1,2,3,\"a \"\"b\"\"\"\ndog,4,5,6,7,x\ncat,1,1,1,1,y\n",
            "id,label,0,1,2,3\n1,a,1.0,2e0,3,4\n2,b,5,6,7,8\n");

    public FuzzedCsv(String name, String file) {
        this(name, file, new Scratch());
    }

    @Override
    public List<byte[]> seeds() throws Exception {
        byte[][] texts = TEXTS.stream().map(text -> text.getBytes(UTF_8)).toArray(byte[][]::new);
        return file.endsWith(".bz2")
                ? List.of(Compressed.bzip2(texts[0]), Compressed.bzip2(new byte[3_000_000]))
                : List.of(
                        texts[0],
                        texts[1],
                        texts[2],
                        texts[3],
                        "\"\"1,2,3,4,5\n1,2,3,4,5\n".getBytes(UTF_8),
                        ("1".repeat(500_000) + "x,2,3,4,5\n1,2,3,4," + "5".repeat(500_000) + "x\n").getBytes(UTF_8),
                        Compressed.gzip(texts[0]),
                        Compressed.gzip(new byte[4_000_000]),
                        Compressed.stored(new Entry("train.csv", texts[0])),
                        Compressed.deflated(new Entry("../up/train.csv", texts[2]), new Entry("x.txt", texts[0])));
    }

    @Override
    public List<String> words() {
        return List.of(",", "\"", "\"\"", "\n", "\r\n", "label", "pixel", "1e99", "-1", "256", "3.5", "\u2028", "\0");
    }

    /** bzip2 makes megabytes of fifty bytes. */
    @Override
    public int bytesForAByte() {
        return file.endsWith(".bz2") ? 1 << 23 : OutsideReader.super.bytesForAByte();
    }

    @Override
    public int tries() {
        return 400;
    }

    @Override
    public void read(byte[] input) throws Exception {
        FileStatus root = scratch.file(file, input);
        CsvFiles files = CsvFiles.in(Scratch.STORAGE, root);
        CsvLook look = CsvLook.at(files);
        CsvColumns columns = look.columns(new ImageSource(file, "data.train", Split.TRAIN, "csv"));
        CsvPart part = CsvPart.whole(root.getPath());
        boolean numbered = columns.hasLabel() && look.hasNumberedLabels(columns);
        InTask.drain(() -> new ReadRows(Scratch.HADOOP, columns, numbered).call(part));
        if (!columns.hasLabel()) {
            throw look.noLabel(columns);
        }
        InTask.drain(() -> {
            CsvLabels labels = numbered
                    ? CsvLabels.numbers(Optional.empty())
                    : CsvLabels.texts(
                            Classes.ofValues(new FindLabels(Scratch.HADOOP, columns)
                                            .call(part)
                                            .labels())
                                    .values(),
                            Optional.empty());
            LeftOut leftOut = new LeftOut("rows");
            return new ReadPart(Scratch.HADOOP, columns, labels, Malformed.DROP, leftOut).call(part);
        });
        scratch.requireOnly(file);
    }
}
