package io.github.sparkcnn.kernel.dl4j;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.kernel.BackendReport;
import io.github.sparkcnn.kernel.Engine;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Opening;
import io.github.sparkcnn.network.Network;

/** {@code dl4j}: Deeplearning4j's own layers, which run every network. */
public final class Dl4jEngine implements Engine {

    @Override
    public String name() {
        return "dl4j";
    }

    @Override
    public Opening open(Network network, ImageShape images, KernelOptions options, BackendReport machine) {
        return new Opening.Opened(new Dl4jReplica(network, images, options, machine));
    }
}
