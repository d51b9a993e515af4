package io.github.sparkcnn.kernel;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkState;
import java.util.concurrent.atomic.AtomicInteger;

/** An engine as a stranger would write it: it keeps the truth to itself, as one with a device does, and takes grey images only. */
public final class DetachedEngine implements Engine {
    /** What suits it, unlike any other. */
    public static final int PREDICTION_BATCH = 300;

    /** The most images that were predicted at a time. */
    public static final AtomicInteger LARGEST_PREDICTION = new AtomicInteger();

    @Override
    public String name() {
        return "detached";
    }

    @Override
    public Opening open(Network network, ImageShape images, KernelOptions options, BackendReport machine) {
        if (images.channels() != 1) {
            return new Opening.Refused("images have " + images.channels() + " channels");
        }
        Network own = network.definition().build();
        NetworkState.of(network).applyTo(own);
        Replica inner = Engines.open(own, images, options.withEngine(Engines.DL4J));
        return new Opening.Opened(new DetachedReplica(network, inner));
    }
}
