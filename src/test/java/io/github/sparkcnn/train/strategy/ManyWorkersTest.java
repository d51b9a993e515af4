package io.github.sparkcnn.train.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.allreduce.Communicator;
import io.github.sparkcnn.allreduce.Exchange;
import io.github.sparkcnn.allreduce.rendezvous.Coordinator;
import io.github.sparkcnn.allreduce.rendezvous.DriverLink;
import io.github.sparkcnn.allreduce.transport.RunAttempt;
import io.github.sparkcnn.allreduce.transport.Transport;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.data.minibatch.MinibatchPlan;
import io.github.sparkcnn.data.pack.Share;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.kernel.Engines;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.network.architecture.Architectures;
import io.github.sparkcnn.track.PartOfEpoch;
import io.github.sparkcnn.train.feed.Feed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

/** So many workers that their averagings do not go round the ring. */
class ManyWorkersTest {

    private static final RunAttempt RUN = new RunAttempt("many", 0);
    private static final String HERE = "127.0.0.1";

    /** In the third round two workers have no image any more. */
    private static final int[] IMAGES = {9, 9, 9, 8, 8};

    private static final int BATCH = 4;
    private static final int ROUNDS = 3;

    /** The oracle: the same rounds of workers that are alone, whose mean is taken here, in double precision. */
    @Test
    void trainAsWorkersDoWhoseMeanIsTakenInMemory() throws Exception {
        List<NetworkState> averaged = overTheNetwork();
        List<NetworkState> expected = inMemory();

        NetworkState first = averaged.get(0);
        int floats = first.parameters().length + first.updater().length;
        assertThat(Exchange.cheaper(IMAGES.length, floats)).isEqualTo(Exchange.HALVING);
        assertThat(averaged).allSatisfy(state -> {
            assertThat(state.parameters()).isEqualTo(first.parameters());
            assertThat(state.updater()).isEqualTo(first.updater());
        });
        assertThat(furthest(first.parameters(), expected.get(0).parameters())).isLessThan(1e-6);
        assertThat(furthest(first.updater(), expected.get(0).updater())).isLessThan(1e-5);
        assertThat(furthest(first.parameters(), network().parameters().toFloatVector()))
                .isGreaterThan(1e-3);
    }

    private static List<NetworkState> overTheNetwork() throws Exception {
        Transport transport = new Transport(
                new SparkConf(false), Optional.empty(), Optional.empty(), HERE, HERE, Duration.ofSeconds(60));
        ExecutorService threads = Executors.newFixedThreadPool(IMAGES.length);
        try (Coordinator driver = Coordinator.start(
                transport, RUN.id(), (caller, type, payload) -> CompletableFuture.completedFuture(payload))) {
            List<Future<NetworkState>> workers = new ArrayList<>();
            for (int rank = 0; rank < IMAGES.length; rank++) {
                int own = rank;
                workers.add(threads.submit(() -> {
                    try (DriverLink link = DriverLink.connect(transport, driver.address(), RUN, own);
                            Communicator others = link.join(IMAGES.length);
                            Replica replica = replica()) {
                        rounds(own, replica, others, 0, ROUNDS);
                        return replica.read();
                    }
                }));
            }
            List<NetworkState> states = new ArrayList<>();
            for (Future<NetworkState> worker : workers) {
                states.add(worker.get(60, TimeUnit.SECONDS));
            }
            return states;
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<NetworkState> inMemory() {
        List<Replica> replicas =
                IntStream.range(0, IMAGES.length).mapToObj(any -> replica()).toList();
        for (int round = 0; round < ROUNDS; round++) {
            for (int rank = 0; rank < IMAGES.length; rank++) {
                rounds(rank, replicas.get(rank), Communicator.alone(), round, round + 1);
            }
            List<NetworkState> states = replicas.stream().map(Replica::read).toList();
            float[] parameters = mean(round, states, NetworkState::parameters);
            float[] updater = mean(round, states, NetworkState::updater);
            for (int rank = 0; rank < IMAGES.length; rank++) {
                NetworkState own = states.get(rank);
                replicas.get(rank).write(new NetworkState(parameters, updater, own.iteration(), own.epoch()));
            }
        }
        List<NetworkState> states = replicas.stream().map(Replica::read).toList();
        replicas.forEach(Replica::close);
        return states;
    }

    private static float[] mean(int round, List<NetworkState> states, Function<NetworkState, float[]> part) {
        float[] mean = new float[part.apply(states.get(0)).length];
        for (int i = 0; i < mean.length; i++) {
            double sum = 0;
            long weight = 0;
            for (int rank = 0; rank < IMAGES.length; rank++) {
                int seen = Math.max(0, Math.min(BATCH, IMAGES[rank] - round * BATCH));
                sum += (double) seen * part.apply(states.get(rank))[i];
                weight += seen;
            }
            mean[i] = (float) (sum / weight);
        }
        return mean;
    }

    private static void rounds(int rank, Replica replica, Communicator others, int from, int to) {
        MinibatchPlan plan = new MinibatchPlan(PixelScale.UNIT, BATCH, false, 1, List.of());
        try (Feed feed = Feed.of(plan.of(Share.of(images(rank))), replica)) {
            new AveragingRounds(new EpochSteps(replica, i -> 1, 1, 0, rank), feed, others, 1, 0)
                    .train(new PartOfEpoch(from, 0, 0, 0, List.of()), to, part -> {});
        }
    }

    private static PackedImages images(int rank) {
        Random random = new Random(rank);
        byte[] pixels = new byte[IMAGES[rank] * 28 * 28];
        random.nextBytes(pixels);
        int[] labels = random.ints(IMAGES[rank], 0, 10).toArray();
        return new PackedImages(
                ImageShape.MNIST,
                labels,
                pixels,
                IntStream.range(0, IMAGES[rank]).toArray());
    }

    private static Replica replica() {
        return Engines.open(
                network(), ImageShape.MNIST, KernelOptions.defaults().withTraining());
    }

    private static Network network() {
        return Architectures.build(
                "fashion-cnn",
                ImageShape.MNIST,
                10,
                ConfigurationReader.read(
                                "test",
                                "",
                                List.of(
                                        "training.optimizer.name=sgd",
                                        "training.optimizer.learning-rate=0.1",
                                        "training.optimizer.momentum=0.9"))
                        .training()
                        .optimizer(),
                1);
    }

    private static double furthest(float[] one, float[] other) {
        assertThat(one).hasSameSizeAs(other);
        return IntStream.range(0, one.length)
                .mapToDouble(i -> Math.abs(one[i] - other[i]))
                .max()
                .orElse(0);
    }
}
