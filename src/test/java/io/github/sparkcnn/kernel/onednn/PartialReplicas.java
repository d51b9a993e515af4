package io.github.sparkcnn.kernel.onednn;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.kernel.step.Shortcut;
import io.github.sparkcnn.kernel.step.UnsupportedNetwork;
import io.github.sparkcnn.kernel.step.reader.NetworkReader;
import io.github.sparkcnn.network.Network;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Replicas that do without some of the {@link Shortcut}s, to see what each is worth. */
public final class PartialReplicas {

    private PartialReplicas() {}

    /** The shortcuts in the order in which the ablation adds them. */
    public static List<String> shortcuts() {
        return Arrays.stream(Shortcut.values())
                .map(shortcut -> shortcut.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .toList();
    }

    /** A replica that takes only the first {@code count} shortcuts. */
    public static Replica open(Network network, ImageShape shape, KernelOptions options, int count) {
        Set<Shortcut> taken = EnumSet.noneOf(Shortcut.class);
        taken.addAll(List.of(Shortcut.values()).subList(0, count));
        return open(network, shape, options, taken);
    }

    /** A replica that takes these shortcuts. */
    public static Replica open(Network network, ImageShape shape, KernelOptions options, Set<Shortcut> taken) {
        try {
            return replica(network, shape, options, taken);
        } catch (UnsupportedNetwork e) {
            throw new IllegalArgumentException(e);
        }
    }

    static OneDnnReplica replica(Network network, ImageShape shape, KernelOptions options, Set<Shortcut> taken)
            throws UnsupportedNetwork {
        return new OneDnnReplica(network, NetworkReader.read(network), shape, options, Kernels.wake(), taken);
    }
}
