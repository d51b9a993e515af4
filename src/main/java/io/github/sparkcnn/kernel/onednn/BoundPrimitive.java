package io.github.sparkcnn.kernel.onednn;

import java.util.List;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Pointer;

/**
 * A oneDNN primitive with fixed arguments. It goes through the C interface: the C++ one builds a hash map at every call.
 *
 * @param owned keeps everything that the primitive refers to reachable
 */
record BoundPrimitive(
        dnnl_primitive primitive, dnnl_stream stream, int count, dnnl_exec_arg_t arguments, List<Pointer> owned)
        implements Runnable {

    @Override
    public void run() {
        int status = dnnl.dnnl_primitive_execute(primitive, stream, count, arguments);
        if (status != 0) {
            throw new IllegalStateException("oneDNN primitive failed with status " + status);
        }
    }
}
