package io.github.sparkcnn.bench.gpu;

import io.github.sparkcnn.allreduce.Communicator;
import io.github.sparkcnn.allreduce.Contribution;
import io.github.sparkcnn.allreduce.FloatVector;
import io.github.sparkcnn.allreduce.rendezvous.DriverLink;
import io.github.sparkcnn.allreduce.transport.Address;
import io.github.sparkcnn.allreduce.transport.RunAttempt;
import io.github.sparkcnn.allreduce.transport.Transport;
import io.github.sparkcnn.bench.Images;
import io.github.sparkcnn.bench.Networks;
import io.github.sparkcnn.bench.Sample;
import io.github.sparkcnn.config.DeviceConfig.Precision;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.kernel.Engines;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.network.Network;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;

/**
 * One of the processes of {@link Sharing}, as an executor is one: trains on its part of a minibatch and averages with the
 * others through the ring.
 */
final class SharingWorker {
    static final RunAttempt RUN = new RunAttempt("gpu-check", 0);
    private static final String LOOPBACK = "127.0.0.1";
    private static final int AVERAGINGS = 20;

    /**
     * What is trained.
     *
     * @param workers that share the images of a step; one has nothing to average
     * @param images of a step
     * @param steps after which the parameters are told
     * @param timed steps behind them, at least
     * @param seconds that those take, at least
     * @param rate times the optimizer's own
     */
    record Work(
            String device,
            String engine,
            String network,
            int workers,
            int images,
            int steps,
            int timed,
            double seconds,
            double rate) {

        List<String> words() {
            return List.of(
                    device,
                    engine,
                    network,
                    Integer.toString(workers),
                    Integer.toString(images),
                    Integer.toString(steps),
                    Integer.toString(timed),
                    Double.toString(seconds),
                    Double.toString(rate));
        }

        static Work of(List<String> words) {
            return new Work(
                    words.get(0),
                    words.get(1),
                    words.get(2),
                    Integer.parseInt(words.get(3)),
                    Integer.parseInt(words.get(4)),
                    Integer.parseInt(words.get(5)),
                    Integer.parseInt(words.get(6)),
                    Double.parseDouble(words.get(7)),
                    Double.parseDouble(words.get(8)));
        }
    }

    /**
     * What came of it.
     *
     * @param seconds of a timed step
     * @param milliseconds of an averaging beside no step
     */
    @SuppressWarnings("ArrayRecordComponent") // compared with others by their numbers
    record Result(double seconds, double milliseconds, float[] parameters) {

        ByteBuffer bytes() {
            ByteBuffer bytes = ByteBuffer.allocate(2 * Double.BYTES + parameters.length * Float.BYTES);
            bytes.putDouble(seconds).putDouble(milliseconds);
            bytes.asFloatBuffer().put(parameters);
            return bytes.rewind();
        }

        static Result of(ByteBuffer bytes) {
            ByteBuffer source = bytes.duplicate();
            double seconds = source.getDouble();
            double milliseconds = source.getDouble();
            float[] parameters = new float[source.remaining() / Float.BYTES];
            source.asFloatBuffer().get(parameters);
            return new Result(seconds, milliseconds, parameters);
        }
    }

    private final Replica replica;
    private final Communicator workers;
    private final Minibatch batch;

    private SharingWorker(Replica replica, Communicator workers, Minibatch batch) {
        this.replica = replica;
        this.workers = workers;
        this.batch = batch;
    }

    static Transport transport() {
        return new Transport(
                new SparkConf(false), Optional.empty(), Optional.empty(), LOOPBACK, LOOPBACK, Duration.ofMinutes(2));
    }

    /** {@code PORT RANK} and the words of the work. */
    public static void main(String... args) {
        Address driver = new Address(LOOPBACK, Integer.parseInt(args[0]));
        int rank = Integer.parseInt(args[1]);
        Work work = Work.of(Arrays.asList(args).subList(2, args.length));
        Child.run(() -> work(driver, rank, work));
    }

    private static void work(Address driver, int rank, Work work) {
        Bench bench = Bench.on(work.device());
        bench.wake();
        Network network = Networks.named(work.network());
        try (Replica replica = work.engine().equals(Engines.TORCH)
                        ? bench.open(network, Precision.FLOAT32)
                        : bench.oracle(network);
                DriverLink link = DriverLink.connect(transport(), driver, RUN, rank);
                Communicator workers = link.join(work.workers())) {
            replica.scaleLearningRates(work.rate());
            Minibatch part =
                    part(Images.inMemory(ImageShape.MNIST, work.images()), rank, work.images() / work.workers());
            link.call(
                    "done", new SharingWorker(replica, workers, part).run(work).bytes());
        }
    }

    private static Minibatch part(Minibatch whole, int rank, int size) {
        int floats = ImageShape.MNIST.size();
        return new Minibatch(
                Arrays.copyOfRange(whole.features(), rank * size * floats, (rank + 1) * size * floats),
                Arrays.copyOfRange(whole.labels(), rank * size, (rank + 1) * size),
                size);
    }

    private Result run(Work work) {
        int step = 0;
        while (step < work.steps()) {
            train(step++);
        }
        float[] parameters = replica.read().parameters();
        long start = System.nanoTime();
        long end = start + (long) (work.seconds() * 1e9);
        int timed = 0;
        while (timed < work.timed() || System.nanoTime() < end) {
            train(step++);
            timed++;
        }
        double seconds = (System.nanoTime() - start) / 1e9 / Math.max(1, timed);
        Sample milliseconds = new Sample();
        for (int i = 0; i < AVERAGINGS; i++) {
            long begin = System.nanoTime();
            average();
            milliseconds.add((System.nanoTime() - begin) / 1e6);
        }
        return new Result(seconds, milliseconds.median(), parameters);
    }

    private void train(int step) {
        replica.step(batch, step);
        average();
    }

    private void average() {
        if (workers.size() > 1) {
            Contribution own = new Contribution(batch.size());
            replica.lendInParts(state -> workers.start(FloatVector.of(state.toArray(ByteBuffer[]::new)), own)::await);
        }
    }
}
