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
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.kernel.RequiredBackend;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;

/**
 * One of the two processes of {@link Sharing}, as an executor is one: trains on its half of a minibatch and averages with the
 * other through the ring.
 */
final class SharingWorker {
    static final int WORKERS = 2;
    static final RunAttempt RUN = new RunAttempt("gpu-check", 0);
    private static final String LOOPBACK = "127.0.0.1";
    private static final int AVERAGINGS = 20;

    /**
     * What is trained.
     *
     * @param half images of a step
     * @param steps after which the parameters are told
     * @param timed steps behind them
     */
    record Work(String device, String network, int half, int steps, int timed) {

        List<String> words() {
            return List.of(device, network, Integer.toString(half), Integer.toString(steps), Integer.toString(timed));
        }

        static Work of(List<String> words) {
            return new Work(
                    words.get(0),
                    words.get(1),
                    Integer.parseInt(words.get(2)),
                    Integer.parseInt(words.get(3)),
                    Integer.parseInt(words.get(4)));
        }
    }

    /**
     * What came of it.
     *
     * @param seconds of the timed steps
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
        Bench bench = Bench.sharing(work.device());
        RequiredBackend.wakeToCompute(bench.config(Precision.FLOAT32));
        try (Replica replica = bench.open(Networks.named(work.network()), Precision.FLOAT32);
                DriverLink link = DriverLink.connect(transport(), driver, RUN, rank);
                Communicator workers = link.join(WORKERS)) {
            Minibatch batch = half(Images.inMemory(ImageShape.MNIST, WORKERS * work.half()), rank, work.half());
            link.call(
                    "done", new SharingWorker(replica, workers, batch).run(work).bytes());
        }
    }

    private static Minibatch half(Minibatch whole, int rank, int size) {
        int floats = ImageShape.MNIST.size();
        return new Minibatch(
                Arrays.copyOfRange(whole.features(), rank * size * floats, (rank + 1) * size * floats),
                Arrays.copyOfRange(whole.labels(), rank * size, (rank + 1) * size),
                size);
    }

    private Result run(Work work) {
        train(0, work.steps());
        float[] parameters = replica.read().parameters();
        long start = System.nanoTime();
        train(work.steps(), work.timed());
        double seconds = (System.nanoTime() - start) / 1e9;
        Sample milliseconds = new Sample();
        for (int i = 0; i < AVERAGINGS; i++) {
            long begin = System.nanoTime();
            average();
            milliseconds.add((System.nanoTime() - begin) / 1e6);
        }
        return new Result(seconds, milliseconds.median(), parameters);
    }

    private void train(int first, int steps) {
        for (int step = first; step < first + steps; step++) {
            replica.step(batch, step);
            average();
        }
    }

    private void average() {
        Contribution own = new Contribution(batch.size());
        replica.lendInParts(state -> workers.start(FloatVector.of(state.toArray(ByteBuffer[]::new)), own)::await);
    }
}
