package io.github.sparkcnn.device;

/** Makes a GPU the one that this process computes on. Implemented in the kernel package, which alone may touch CUDA. */
public interface DeviceBinding {

    /** Called once in an executor, before ND4J wakes. */
    void bind(DeviceAssignment.Assigned assigned);
}
