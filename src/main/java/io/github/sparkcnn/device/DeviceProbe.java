package io.github.sparkcnn.device;

import java.util.List;

/** Sees the GPUs of this machine. */
public interface DeviceProbe {

    /** Every GPU, in the order of the PCI bus; none where there is no GPU or no driver. */
    List<Device> devices();
}
