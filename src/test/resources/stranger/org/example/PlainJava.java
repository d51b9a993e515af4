package org.example;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.kernel.BackendReport;
import io.github.sparkcnn.kernel.Engine;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Opening;
import io.github.sparkcnn.kernel.step.Step;
import io.github.sparkcnn.kernel.step.UnsupportedNetwork;
import io.github.sparkcnn.kernel.step.reader.NetworkReader;
import io.github.sparkcnn.network.Network;
import java.util.List;

/** Runs networks of one dense layer in plain Java. */
public final class PlainJava implements Engine {

    @Override
    public String name() {
        return "plain-java";
    }

    @Override
    public Opening open(Network network, ImageShape images, KernelOptions options, BackendReport machine) {
        try {
            List<Step> steps = NetworkReader.read(network).steps();
            return steps.size() == 1 && steps.get(0) instanceof Step.Dense dense
                    ? new Opening.Opened(new OneLayer(network, dense, images.size(), options, machine))
                    : new Opening.Refused("it has " + steps.size() + " steps, not one dense layer");
        } catch (UnsupportedNetwork e) {
            return new Opening.Refused(e.getMessage());
        }
    }
}
