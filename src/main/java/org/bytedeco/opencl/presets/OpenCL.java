package org.bytedeco.opencl.presets;

/**
 * Stands in for the class of this name: an annotation of the dnnl preset names it, and JavaCPP would load its natives, which
 * oneDNN on a CPU does not need and few machines have.
 */
public final class OpenCL {

    private OpenCL() {}
}
