package io.github.sparkcnn.data.pack;

import io.github.sparkcnn.FileException;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedImages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A share whose pixels are in a file mapped into memory, of which the system holds as much as it has room for; eight bytes an
 * image, label and index, are on the heap.
 */
final class MappedShare implements Share {
    /** Java maps at most 2 GiB at once. */
    private static final int MAP_BYTES = 1 << 30;

    private final ImageShape shape;
    private final int[] labels;
    private final int[] indices;
    private final List<MappedByteBuffer> maps;
    private final int imagesAMap;

    private MappedShare(ImageShape shape, int[] labels, int[] indices, List<MappedByteBuffer> maps, int imagesAMap) {
        this.shape = shape;
        this.labels = labels;
        this.indices = indices;
        this.maps = maps;
        this.imagesAMap = imagesAMap;
    }

    /** Writes the file, maps it and deletes its name: its room is free again when the share is garbage, or the process ends. */
    static MappedShare of(ImageShape shape, Iterator<PackedImages> blocks, Path file) {
        return of(shape, blocks, file, MAP_BYTES);
    }

    static MappedShare of(ImageShape shape, Iterator<PackedImages> blocks, Path file, int mapBytes) {
        int imagesAMap = Packing.imagesOf(shape, mapBytes);
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            List<int[]> labels = new ArrayList<>();
            List<int[]> indices = new ArrayList<>();
            while (blocks.hasNext()) {
                PackedImages block = blocks.next();
                labels.add(block.labels());
                indices.add(block.indices());
                write(channel, ByteBuffer.wrap(block.pixels()));
            }
            return new MappedShare(
                    shape,
                    PartSummary.joined(labels),
                    PartSummary.joined(indices),
                    map(channel, (long) imagesAMap * shape.size()),
                    imagesAMap);
        } catch (IOException e) {
            throw new FileException("keep a share in", file, e);
        } finally {
            delete(file);
        }
    }

    private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static List<MappedByteBuffer> map(FileChannel channel, long step) throws IOException {
        List<MappedByteBuffer> maps = new ArrayList<>();
        for (long from = 0; from < channel.size(); from += step) {
            maps.add(channel.map(FileChannel.MapMode.READ_ONLY, from, Math.min(step, channel.size() - from)));
        }
        return maps;
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new FileException("delete", file, e);
        }
    }

    @Override
    public ImageShape shape() {
        return shape;
    }

    @Override
    public int size() {
        return labels.length;
    }

    @Override
    public int label(int i) {
        return labels[i];
    }

    @Override
    public int index(int i) {
        return indices[i];
    }

    @Override
    public void read(int i, byte[] pixels) {
        maps.get(i / imagesAMap).get(i % imagesAMap * shape.size(), pixels, 0, shape.size());
    }
}
