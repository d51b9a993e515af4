package io.github.sparkcnn.allreduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ring's mathematics, with queues in the place of a network. */
class RingAverageTest {
    private static final int SEGMENT = 7;

    /** Segments in flight to each rank. */
    private final List<Queue<Runnable>> mail = new ArrayList<>();

    private final List<Contributions> results = new ArrayList<>();
    private long bytesFromRankZero;

    @ParameterizedTest
    @CsvSource({"2,100", "3,100", "4,64", "5,1", "5,3", "3,0", "2,1", "4,1001"})
    void givesTheWeightedMeanWithTheSameBitsOnEveryRank(int size, int length) {
        long[] weights = LongStream.rangeClosed(1, size).map(w -> 37 * w).toArray();
        float[][] vectors = vectors(size, length);
        double[] mean = Vectors.mean(vectors, weights);

        float[][] averaged = average(vectors, weights);

        for (float[] vector : averaged) {
            assertThat(vector).isEqualTo(averaged[0]);
        }
        for (int i = 0; i < length; i++) {
            assertThat((double) averaged[0][i]).isEqualTo(mean[i], within(1e-6));
        }
    }

    @Test
    void givesTheSameBitsOnEveryRerun() {
        float[][] first = average(vectors(4, 99), 3, 1, 4, 1);
        float[][] second = average(vectors(4, 99), 3, 1, 4, 1);

        assertThat(Arrays.deepEquals(first, second)).isTrue();
    }

    @Test
    void leavesOutWhoWeighsNothingEvenIfItHoldsNaN() {
        float[][] vectors = vectors(4, 50);
        Arrays.fill(vectors[0], Float.NaN);
        Arrays.fill(vectors[2], Float.NaN);
        float[][] averaged = average(vectors, 0, 5, 0, 5);

        double[] mean = Vectors.mean(vectors, 0, 5, 0, 5);
        for (int i = 0; i < 50; i++) {
            assertThat((double) averaged[2][i]).isEqualTo(mean[i], within(1e-6));
        }
    }

    @Test
    void leavesEveryVectorAsItIsIfAllWeighNothing() {
        float[][] vectors = vectors(3, 20);

        assertThat(Arrays.deepEquals(average(vectors, 0, 0, 0), vectors)).isTrue();
    }

    @Test
    void keepsEqualVectorsBitForBit() {
        float[] one = Vectors.random(1, 333);

        float[][] averaged = average(new float[][] {one, one, one}, 7, 11, 13);

        assertThat(averaged[1]).isEqualTo(one);
    }

    @Test
    void carriesTheContributionsOfAllToAll() {
        average(vectors(3, 2), 1, 2, 3);

        assertThat(results).hasSize(3).allSatisfy(result -> {
            assertThat(result.weight()).isEqualTo(6);
            assertThat(result.sum(0)).isEqualTo(0.1 + 1.1 + 2.1);
            assertThat(result.byRank().get(2).values()).containsExactly(2 + 0.1);
        });
    }

    @Test
    void sendsTwoTimesSizeMinusOneOverSizeOfTheVector() {
        average(vectors(4, 1000), 1, 1, 1, 1);

        assertThat(bytesFromRankZero).isEqualTo(2 * 3 * 1000 * Float.BYTES / 4);
    }

    @Test
    void worksAcrossTheBuffersOfAVector() {
        float[][] vectors = vectors(2, 40);
        ByteBuffer[] heads = {Vectors.direct(new float[13]), Vectors.direct(new float[13])};
        ByteBuffer[] tails = {Vectors.direct(new float[27]), Vectors.direct(new float[27])};
        FloatVector[] split = new FloatVector[2];
        for (int rank = 0; rank < 2; rank++) {
            heads[rank].asFloatBuffer().put(vectors[rank], 0, 13);
            tails[rank].asFloatBuffer().put(vectors[rank], 13, 27);
            split[rank] = FloatVector.of(heads[rank], tails[rank]);
        }
        run(split, 1, 3);

        float[] whole = average(vectors, 1, 3)[0];
        assertThat(Vectors.floats(heads[1])).isEqualTo(Arrays.copyOfRange(whole, 0, 13));
        assertThat(Vectors.floats(tails[1])).isEqualTo(Arrays.copyOfRange(whole, 13, 40));
    }

    @Test
    void refusesASegmentThatIsNotDue() {
        RingAverage average = ringAverage(0, 2, FloatVector.of(Vectors.direct(new float[10])), new Contribution(1));

        assertThatThrownBy(() -> average.begin(1, header(0, 1, 1, 0, 10, new Contribution(1))))
                .hasMessage("step 1 came where 0 was due");
        assertThatThrownBy(() -> average.begin(1, header(0, 1, 0, 0, 11, new Contribution(1))))
                .hasMessage("vector length 11 came where 10 was due");
        assertThatThrownBy(() -> average.begin(1, header(0, 1, 0, 0, 10, new Contribution(1, 2.0))))
                .hasMessage("values 1 came where 0 was due");
    }

    @Test
    void refusesASegmentOfTheWrongSize() {
        RingAverage average = ringAverage(0, 2, FloatVector.of(Vectors.direct(new float[10])), new Contribution(1));
        average.begin(1, header(0, 1, 0, 0, 10, new Contribution(1)));

        average.data(ByteBuffer.allocate(19));
        assertThatThrownBy(average::end).hasMessage("a segment is shorter than announced");
        assertThatThrownBy(() -> average.data(ByteBuffer.allocate(2))).hasMessage("a segment is longer than announced");
        assertThatThrownBy(() -> average.whole(ByteBuffer.allocate(16)))
                .hasMessage("a segment is shorter than announced");
        assertThatThrownBy(() -> average.whole(ByteBuffer.allocate(24)))
                .hasMessage("a segment is longer than announced");
    }

    private static SegmentHeader header(
            long token, long averaging, int step, int index, long length, Contribution contribution) {
        return new SegmentHeader(token, averaging, step, index, length, List.of(contribution));
    }

    private static float[][] vectors(int size, int length) {
        float[][] vectors = new float[size][];
        for (int rank = 0; rank < size; rank++) {
            vectors[rank] = Vectors.random(rank, length);
        }
        return vectors;
    }

    private float[][] average(float[][] vectors, long... weights) {
        ByteBuffer[] buffers = Arrays.stream(vectors).map(Vectors::direct).toArray(ByteBuffer[]::new);
        run(Arrays.stream(buffers).map(FloatVector::of).toArray(FloatVector[]::new), weights);
        return Arrays.stream(buffers).map(Vectors::floats).toArray(float[][]::new);
    }

    private void run(FloatVector[] vectors, long... weights) {
        mail.clear();
        results.clear();
        bytesFromRankZero = 0;
        List<RingAverage> ring = new ArrayList<>();
        for (int rank = 0; rank < vectors.length; rank++) {
            mail.add(new ArrayDeque<>());
        }
        for (int rank = 0; rank < vectors.length; rank++) {
            Contribution own = new Contribution(weights[rank], rank + 0.1);
            ring.add(linked(rank, vectors.length, vectors[rank], own, ring));
        }
        ring.forEach(RingAverage::start);
        while (mail.stream().anyMatch(queue -> !queue.isEmpty())) {
            for (Queue<Runnable> queue : mail) {
                if (!queue.isEmpty()) {
                    queue.remove().run();
                }
            }
        }
        assertThat(ring).allMatch(RingAverage::complete);
        ring.forEach(average -> results.add(average.contributions()));
    }

    /** Who leaves farther away has sent what it owed. */
    @Test
    void expectsTheLeftNeighbourAlone() {
        RingAverage average = ringAverage(0, 6, FloatVector.of(Vectors.direct(new float[12])), new Contribution(1));

        assertThat(average.expects(1)).isTrue();
        assertThat(average.expects(2)).isFalse();
        assertThat(average.expects(3)).isFalse();
    }

    private RingAverage linked(int rank, int size, FloatVector vector, Contribution own, List<RingAverage> ring) {
        int right = (rank + 1) % size;
        RingPlan plan = new RingPlan(rank, size, vector.length(), SEGMENT);
        return new RingAverage(0, 1, plan, vector, own, to((header, floats) -> {
            bytesFromRankZero += rank == 0 ? floats.remaining() : 0;
            // Not copied here: the ring must not change floats that are still in flight.
            mail.get(right).add(() -> deliver(ring.get(right), SegmentHeader.decode(header.encode()), floats));
        }));
    }

    private static Average.Link to(BiConsumer<SegmentHeader, ByteBuffer> right) {
        return new Average.Link() {
            @Override
            public void ready() {
                // all wait for whatever comes
            }

            @Override
            public void send(SegmentHeader header, ByteBuffer floats) {
                right.accept(header, floats);
            }
        };
    }

    /** As a whole, or in pieces that cut floats in two. */
    private static void deliver(RingAverage average, SegmentHeader header, ByteBuffer floats) {
        average.begin(1, header);
        if (header.index() % 2 == 1) {
            average.whole(floats);
            return;
        }
        while (floats.hasRemaining()) {
            int n = Math.min(5, floats.remaining());
            average.data(floats.slice(floats.position(), n));
            floats.position(floats.position() + n);
        }
        average.end();
    }

    private static RingAverage ringAverage(int rank, int size, FloatVector vector, Contribution own) {
        return new RingAverage(
                0, 1, new RingPlan(rank, size, vector.length(), SEGMENT), vector, own, to((header, floats) -> {}));
    }
}
