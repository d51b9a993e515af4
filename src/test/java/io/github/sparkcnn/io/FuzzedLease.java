package io.github.sparkcnn.io;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.fuzz.OutsideReader;
import io.github.sparkcnn.fuzz.Scratch;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** {@code running.json} in a folder that is to be taken. */
public record FuzzedLease(Scratch scratch) implements OutsideReader {
    private static final Lease.Pace PACE = new Lease.Pace(Duration.ofMillis(8), Duration.ofMillis(4));

    public FuzzedLease() {
        this(new Scratch());
    }

    @Override
    public String name() {
        return "lease";
    }

    @Override
    public List<byte[]> seeds() {
        return List.of(
                Json.page(new LeaseOwner("y", "you", "there", 7, "m", 1, 0)).getBytes(UTF_8),
                Json.page(LeaseOwner.unnamed()).getBytes(UTF_8),
                "null".getBytes(UTF_8),
                "{}".getBytes(UTF_8),
                new byte[0]);
    }

    @Override
    public List<String> words() {
        return List.of("null", "{}", "[]", "\"", ",", "1e999", "-1", "\"id\"", "\"beats\"", "\n");
    }

    @Override
    public void read(byte[] input) throws IOException {
        scratch.file("run/running.json", input);
        Lease.take(
                        Scratch.STORAGE,
                        Scratch.STORAGE.path(scratch.root().getPath() + "/run"),
                        PACE,
                        InstantSource.system(),
                        notice -> {})
                .close();
    }

    @Override
    public int tries() {
        return 150;
    }
}
