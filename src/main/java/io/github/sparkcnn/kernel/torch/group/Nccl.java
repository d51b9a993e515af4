package io.github.sparkcnn.kernel.torch.group;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.Visible;
import io.github.sparkcnn.allreduce.Communicator;
import io.github.sparkcnn.allreduce.Contribution;
import io.github.sparkcnn.allreduce.Contributions;
import io.github.sparkcnn.allreduce.FloatVector;
import io.github.sparkcnn.kernel.torch.tensor.Libtorch;
import io.github.sparkcnn.kernel.torch.tensor.TorchDevice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.FileStore;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.nccl.ProcessGroupNCCL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * NVIDIA's library between GPUs, for workers of one machine with a GPU each: it finds them by a file that only their user can
 * read, and speaks on the loopback interface where it does not use the GPUs' own lines. Never run.
 */
public final class Nccl {
    private static final Logger LOG = LoggerFactory.getLogger(Nccl.class);

    private static final int FIRST = 0;
    private static final String STORE = "store";
    private static final int BITS = 48; // of a double's 53

    private Nccl() {}

    /**
     * Averages by it.
     *
     * @param others that find each other by this, for which what is returned stands in
     * @param device of this worker: {@code cuda:1}
     * @param timeout after which libtorch ends the process of a worker that waits for others in vain
     * @throws UserException where workers are on several machines
     */
    public static Communicator over(Communicator others, String device, Duration timeout) {
        Libtorch.load(device);
        torch.set_env("NCCL_SOCKET_IFNAME", "lo", false);
        // One order of additions, whatever it would find the fastest.
        torch.set_env("NCCL_ALGO", "Ring", false);
        Path folder = meetingPlace(others);
        if (others.rank() == FIRST) {
            create(folder);
        }
        exchange(others); // It is there.
        try {
            ProcessGroupNCCL group = new ProcessGroupNCCL(
                    new FileStore(folder.resolve(STORE).toString(), others.size()), others.rank(), others.size());
            group.setTimeout(new Milliseconds(timeout.toMillis()));
            return new GroupCommunicator(others, group, new TorchDevice(device), () -> delete(folder));
        } catch (RuntimeException | Error e) {
            delete(folder);
            throw e;
        }
    }

    /** A name that the first has drawn; a container has a folder for temporary files of its own, so that of the machine. */
    private static Path meetingPlace(Communicator others) {
        long name = new SecureRandom().nextLong() >>> (Long.SIZE - BITS);
        Contributions all = exchange(others, (double) machine(), (double) name);
        if (all.byRank().stream()
                        .mapToDouble(worker -> worker.values()[0])
                        .distinct()
                        .count()
                > 1) {
            throw new UserException(
                    "average by NCCL", "the workers are on several machines", "Set device.averaging = ring");
        }
        return Path.of(
                "/tmp",
                "sparkcnn-nccl-"
                        + Long.toHexString((long) all.byRank().get(FIRST).values()[1]));
    }

    private static long machine() {
        try {
            String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id"));
            return (InetAddress.getLocalHost().getHostName() + boot).hashCode();
        } catch (IOException e) {
            throw new UncheckedIOException("this machine's name: " + Visible.firstLine(e), e);
        }
    }

    private static Contributions exchange(Communicator others, double... values) {
        return others.average(FloatVector.of(ByteBuffer.allocateDirect(Float.BYTES)), new Contribution(0, values));
    }

    private static void create(Path folder) {
        try {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": " + Visible.firstLine(e), e);
        }
    }

    /** Whoever comes to it; another worker's library may still make the store anew. */
    private static void delete(Path folder) {
        try {
            Files.deleteIfExists(folder.resolve(STORE));
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            LOG.info("{} was left: {}", folder, Visible.firstLine(e));
        }
    }
}
