package io.github.sparkcnn.allreduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The mathematics of distances that halve, with queues in the place of a network, in whatever order they are emptied. */
class HalvingAverageTest {

    /** The longest vector of which all neighbours may send at once. */
    private static final int MOST_AT_ONCE = 64 * QueuedCircle.SEGMENT;

    static Stream<Arguments> sizesAndLengths() {
        return IntStream.of(2, 3, 4, 5, 6, 7, 8, 9, 16, 17)
                .boxed()
                .flatMap(size -> IntStream.of(0, 1, size - 1, 100, MOST_AT_ONCE, 1001)
                        .mapToObj(length -> Arguments.of(size, length)));
    }

    @ParameterizedTest
    @MethodSource("sizesAndLengths")
    void givesTheWeightedMeanWithTheSameBitsOnEveryRankInWhateverOrderItComes(int size, int length) {
        long[] weights = LongStream.rangeClosed(1, size).map(w -> 37 * w).toArray();
        float[][] vectors = vectors(size, length);
        double[] mean = Vectors.mean(vectors, weights);

        float[][] averaged = average(1, vectors, weights);

        for (float[] vector : averaged) {
            assertThat(vector).isEqualTo(averaged[0]);
        }
        for (int i = 0; i < length; i++) {
            assertThat((double) averaged[0][i]).isEqualTo(mean[i], within(1e-6 * Math.max(1, Math.abs(mean[i]))));
        }
        for (int order = 2; order < 5; order++) {
            assertThat(average(order, vectors, weights)).isDeepEqualTo(averaged);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5, 7, 8, 17})
    void leavesOutWhoWeighsNothingEvenIfItHoldsNaN(int size) {
        float[][] vectors = vectors(size, 50);
        long[] weights = new long[size];
        for (int rank = 0; rank < size; rank++) {
            weights[rank] = rank % 3 == 1 ? 5 + rank : 0;
            if (weights[rank] == 0) {
                Arrays.fill(vectors[rank], Float.NaN);
            }
        }

        float[][] averaged = average(1, vectors, weights);

        double[] mean = Vectors.mean(vectors, weights);
        for (float[] vector : averaged) {
            assertThat(vector).isEqualTo(averaged[0]);
            for (int i = 0; i < 50; i++) {
                assertThat((double) vector[i]).isEqualTo(mean[i], within(1e-6));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 8, 9})
    void leavesEveryVectorAsItIsIfAllWeighNothing(int size) {
        float[][] vectors = vectors(size, 40);

        assertThat(average(1, vectors, new long[size])).isDeepEqualTo(vectors);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 6, 8, 17})
    void keepsEqualVectorsBitForBit(int size) {
        float[] one = Vectors.random(1, 333);
        float[][] equal = new float[size][];
        Arrays.fill(equal, one);

        float[][] averaged = average(1, equal, LongStream.range(7, 7 + size).toArray());

        assertThat(averaged).isDeepEqualTo(equal);
    }

    /** As workers get their state from the one who has it. */
    @ParameterizedTest
    @ValueSource(ints = {5, 8})
    void copiesTheOnlyVectorThatWeighsBitForBit(int size) {
        float[][] vectors = vectors(size, 100);
        long[] weights = new long[size];
        weights[0] = 1;

        for (float[] averaged : average(1, vectors, weights)) {
            assertThat(averaged).isEqualTo(vectors[0]);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 8, 13, 17})
    void carriesTheContributionsOfAllToAll(int size) {
        QueuedCircle circle = new QueuedCircle(1);
        circle.run(vectors(circle, size), LongStream.range(0, size).toArray());

        assertThat(circle.results()).hasSize(size).allSatisfy(result -> {
            for (int rank = 0; rank < size; rank++) {
                assertThat(result.byRank().get(rank).weight()).isEqualTo(rank);
                assertThat(result.byRank().get(rank).values()).containsExactly(rank + 0.1);
            }
        });
    }

    private static FloatVector[] vectors(QueuedCircle circle, int size) {
        assertThat(circle.results()).isEmpty();
        return Arrays.stream(vectors(size, 2))
                .map(v -> FloatVector.of(Vectors.direct(v)))
                .toArray(FloatVector[]::new);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 8, 9})
    void sendsAsMuchAsTheRingInTwiceTheLogarithmOfTheStepsOfSizeWorkers(int size) {
        QueuedCircle circle = new QueuedCircle(1);
        FloatVector[] vectors = Arrays.stream(vectors(size, size))
                .map(v -> FloatVector.of(Vectors.direct(v)))
                .toArray(FloatVector[]::new);

        circle.run(vectors, new long[size]);

        int steps = 2 * (int) Math.ceil(Math.log(size) / Math.log(2));
        assertThat(circle.bytesFromRankZero()).isEqualTo(2L * (size - 1) * Float.BYTES);
        assertThat(circle.messagesFromRankZero()).isEqualTo(steps);
    }

    /** Nothing is left out and nothing counted twice. */
    @Test
    void everyBlockEndsAsTheMeanOfAll() {
        for (int size = 2; size < 70; size++) {
            HalvingPlan plan = HalvingPlan.of(size);
            Integer[] all = IntStream.range(0, size).boxed().toArray(Integer[]::new);

            assertThat(plan.merged(plan.steps() / 2, 0)).containsExactlyInAnyOrder(all);
            assertThat(plan.known(plan.steps() / 2)).containsExactlyInAnyOrder(all);
        }
    }

    @Test
    void worksAcrossTheBuffersOfAVectorAndItsEnd() {
        float[][] vectors = vectors(5, 40);
        ByteBuffer[] heads = new ByteBuffer[5];
        ByteBuffer[] tails = new ByteBuffer[5];
        FloatVector[] split = new FloatVector[5];
        for (int rank = 0; rank < 5; rank++) {
            heads[rank] = Vectors.direct(Arrays.copyOfRange(vectors[rank], 0, 13));
            tails[rank] = Vectors.direct(Arrays.copyOfRange(vectors[rank], 13, 40));
            split[rank] = FloatVector.of(heads[rank], tails[rank]);
        }

        new QueuedCircle(1).run(split, 1, 3, 2, 5, 4);

        float[] whole = average(1, vectors, 1, 3, 2, 5, 4)[0];
        assertThat(Vectors.floats(heads[1])).isEqualTo(Arrays.copyOfRange(whole, 0, 13));
        assertThat(Vectors.floats(tails[1])).isEqualTo(Arrays.copyOfRange(whole, 13, 40));
    }

    /** So that no more than half of a vector of some size waits for its turn. */
    @Test
    void letsNeighboursSendALongVectorOnlyWhenItIsTheirTurn() {
        assertThat(ready(8, MOST_AT_ONCE)).containsExactly(4, 2, 1);
        assertThat(ready(8, MOST_AT_ONCE + 1)).containsExactly(4);
    }

    private static List<Integer> ready(int size, int length) {
        List<Integer> ready = new ArrayList<>();
        QueuedCircle.alone(size, FloatVector.of(Vectors.direct(new float[length])), new Contribution(1), ready)
                .start();
        return ready;
    }

    @Test
    void refusesASegmentThatIsNotDue() {
        Average average = alone(new float[10]);
        List<Contribution> own = List.of(new Contribution(1));
        List<Contribution> two = List.of(new Contribution(1), new Contribution(1));

        refused(average, 3, header(2, 0, 0, 10, own), "averaging 2 came where 1 was due");
        refused(average, 3, header(1, 1, 0, 10, own), "step 1 came where 0 was due");
        refused(average, 2, header(1, 0, 0, 10, own), "step 0 came where 1 was due");
        refused(average, 4, header(1, 0, 0, 10, own), "a segment that nobody waits for");
        refused(average, 3, header(1, 0, 1, 10, own), "segment 1 came where 0 was due");
        refused(average, 3, header(1, 0, 0, 11, own), "vector length 11 came where 10 was due");
        refused(average, 3, header(1, 0, 0, 10, two), "contributions 2 came where 1 was due");
        refused(average, 3, header(1, 0, 0, 10, List.of(new Contribution(1, 2.0))), "values 1 came where 0 was due");
    }

    @Test
    void refusesASegmentOfTheWrongSize() {
        Average.Incoming segment = alone(new float[10]).begin(3, header(1, 0, 0, 10, List.of(new Contribution(1))));

        segment.data(ByteBuffer.allocate(15));
        assertThatThrownBy(segment::end).hasMessage("a segment is shorter than announced");
        assertThatThrownBy(() -> segment.data(ByteBuffer.allocate(2))).hasMessage("a segment is longer than announced");
    }

    @Test
    void expectsEachNeighbourTwice() {
        Average average = alone(new float[10]);
        assertThat(average.awaited()).isEqualTo(3);
        average.start();
        take(average, 3, header(1, 0, 0, 10, List.of(new Contribution(1))), 16);

        assertThat(average.awaited()).isEqualTo(2);
        assertThat(average.expects(3)).isTrue();
        assertThat(average.complete()).isFalse();

        // The last step's, ahead of all between.
        take(average, 3, header(1, 5, 0, 10, List.of(new Contribution(5))), 16);
        assertThat(average.expects(3)).isFalse();
        assertThat(average.expects(2)).isTrue();
        refused(average, 3, header(1, 5, 1, 10, List.of(new Contribution(5))), "a segment that nobody waits for");
    }

    private static void take(Average average, int distance, SegmentHeader header, int bytes) {
        Average.Incoming segment = average.begin(distance, header);
        segment.data(ByteBuffer.allocate(bytes));
        segment.end();
    }

    private static void refused(Average average, int distance, SegmentHeader header, String message) {
        assertThatThrownBy(() -> average.begin(distance, header)).hasMessage(message);
    }

    private static SegmentHeader header(int averaging, int step, int index, int length, List<Contribution> told) {
        return new SegmentHeader(0, averaging, step, index, length, told);
    }

    /** Worker 0 of 5, whose blocks are two floats each. */
    private static Average alone(float[] vector) {
        return QueuedCircle.alone(5, FloatVector.of(Vectors.direct(vector)), new Contribution(1), new ArrayList<>());
    }

    private static float[][] vectors(int size, int length) {
        float[][] vectors = new float[size][];
        for (int rank = 0; rank < size; rank++) {
            vectors[rank] = Vectors.random(rank, length);
        }
        return vectors;
    }

    private static float[][] average(int order, float[][] vectors, long... weights) {
        ByteBuffer[] buffers = Arrays.stream(vectors).map(Vectors::direct).toArray(ByteBuffer[]::new);
        new QueuedCircle(order).run(Arrays.stream(buffers).map(FloatVector::of).toArray(FloatVector[]::new), weights);
        return Arrays.stream(buffers).map(Vectors::floats).toArray(float[][]::new);
    }
}
