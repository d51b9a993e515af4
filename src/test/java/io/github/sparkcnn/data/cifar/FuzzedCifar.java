package io.github.sparkcnn.data.cifar;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.data.pack.Packing;
import io.github.sparkcnn.fuzz.OutsideReader;
import io.github.sparkcnn.fuzz.Scratch;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;

/** A batch of CIFAR-100 and, behind a zero byte at its end if there is one, the names of its classes. */
public record FuzzedCifar(Scratch scratch) implements OutsideReader {
    private static final String BATCH = "train.bin";

    public FuzzedCifar() {
        this(new Scratch());
    }

    @Override
    public String name() {
        return "cifar";
    }

    @Override
    public List<byte[]> seeds() {
        byte[] two = new byte[2 * CifarSet.CIFAR_100.record()];
        two[1] = 1;
        byte[] named = Arrays.copyOf(two, two.length + 9);
        System.arraycopy("\0cat\ndog\n".getBytes(UTF_8), 0, named, two.length, 9);
        return List.of(two, named);
    }

    @Override
    public void read(byte[] input) throws Exception {
        int records = input.length / CifarSet.CIFAR_100.record() * CifarSet.CIFAR_100.record();
        boolean isNamed = records < input.length && input[records] == 0;
        FileStatus batch = scratch.file(BATCH, isNamed ? Arrays.copyOf(input, records) : input);
        scratch.file(
                CifarSet.CIFAR_100.names(),
                isNamed ? Arrays.copyOfRange(input, records + 1, input.length) : new byte[0]);
        CifarFiles files = CifarFiles.of(Scratch.STORAGE, batch, Split.TRAIN);
        Packing.Images images = new CifarFormat.Read(
                        files.set(), files.names().map(List::size).orElse(256))
                .read(new ByteArrayInputStream(input), batch.getPath().toString());
        new Packing(CifarSet.SHAPE, images).forEachRemaining(block -> {});
    }
}
