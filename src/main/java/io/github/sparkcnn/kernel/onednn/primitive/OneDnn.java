package io.github.sparkcnn.kernel.onednn.primitive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/** One oneDNN engine and stream, and the owner of every memory and primitive made through it. */
public final class OneDnn implements AutoCloseable {
    private final List<Pointer> owned = new ArrayList<>();
    private final List<String> implementations = new ArrayList<>();
    private final engine cpu;
    private final stream queue;
    private final memory.data_type products;

    /** @param products of which numbers products are computed */
    OneDnn(memory.data_type products) {
        this.products = products;
        cpu = own(new engine(engine.kind.cpu, 0));
        queue = own(new stream(cpu));
    }

    public engine engine() {
        return cpu;
    }

    /** Of which numbers products are computed. */
    public memory.data_type products() {
        return products;
    }

    /** A description, in the numbers of which products are computed, that leaves the layout to the primitive. */
    public memory.desc any(long[] dims) {
        return any(dims, products);
    }

    /** A description that leaves the layout to the primitive. */
    public static memory.desc any(long[] dims, memory.data_type type) {
        return new memory.desc(dims, type, memory.format_tag.any);
    }

    /** Row-major floats, whatever the number of dimensions. */
    public static memory.desc plain(long[] dims) {
        return plain(dims, memory.data_type.f32);
    }

    /** Row-major, whatever the number of dimensions. */
    public static memory.desc plain(long[] dims, memory.data_type type) {
        return new memory.desc(dims, type, rowMajorStrides(dims));
    }

    /** The numbers of a memory in a row, those that fill up a blocked layout too. */
    public static memory.desc inARow(memory.desc given) {
        memory.data_type type = given.get_data_type();
        return plain(new long[] {given.get_size() / memory.data_type_size(type)}, type);
    }

    /** Neighbours along each dimension so many floats apart. */
    public static memory.desc strided(long[] dims, long[] strides) {
        return new memory.desc(dims, memory.data_type.f32, strides);
    }

    public static memory.desc plainBytes(long[] dims) {
        return new memory.desc(dims, memory.data_type.u8, rowMajorStrides(dims));
    }

    /** Of neighbours in c order. */
    public static long[] rowMajorStrides(long[] dims) {
        long[] strides = new long[dims.length];
        long stride = 1;
        for (int i = dims.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= dims[i];
        }
        return strides;
    }

    public memory allocate(memory.desc description) {
        return own(new memory(description, cpu));
    }

    /** Memory that belongs to somebody else, such as a slice of the flat parameters. */
    public memory wrap(memory.desc description, Pointer address) {
        return own(new memory(description, cpu, own(address)));
    }

    /** The part of a memory that begins at the offsets and has these dimensions. */
    public memory part(memory whole, long[] dims, long[] offsets) {
        return wrap(whole.get_desc().submemory_desc(dims, offsets), whole.get_data_handle());
    }

    /**
     * A oneDNN primitive with fixed arguments. It goes through the C interface: the C++ one builds a hash map at every call.
     *
     * @param owned keeps everything that the primitive refers to reachable
     */
    private record BoundPrimitive(
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

    /**
     * Attributes of a primitive whose scratch memory is allocated when it is bound. oneDNN's own belongs to the thread that
     * made the primitive, and on another that has none the primitive crashes: {@code gemm:jit}, a convolution by matrix products, does.
     */
    public static primitive_attr withScratch() {
        primitive_attr attributes = new primitive_attr();
        attributes.set_scratchpad_mode(dnnl.scratchpad_mode.user);
        return attributes;
    }

    /** A primitive with its arguments bound once and for all, given as (index, memory) pairs. */
    public Runnable bind(primitive operation, primitive_desc_base description, Object... given) {
        memory.desc scratch = description.scratchpad_desc();
        Object[] arguments = scratch.get_size() == 0 ? given : with(given, dnnl.DNNL_ARG_SCRATCHPAD, allocate(scratch));
        int count = arguments.length / 2;
        dnnl_exec_arg_t bound = own(new dnnl_exec_arg_t(count));
        for (int i = 0; i < count; i++) {
            new dnnl_exec_arg_t(bound.getPointer(i))
                    .arg((Integer) arguments[2 * i])
                    .memory(((memory) arguments[2 * i + 1]).get());
        }
        implementations.add(description.impl_info_str().getString());
        return new BoundPrimitive(own(operation).get(), queue.get(), count, bound, owned);
    }

    /** Copies between layouts, multiplying by {@code scale}. */
    public Runnable reorder(memory from, memory to, float scale) {
        if (scale != 1) {
            return reorder(from, to, scalar(scale), 0);
        }
        reorder.primitive_desc description = new reorder.primitive_desc(from, to, withScratch(), false);
        return bind(new reorder(description), description, dnnl.DNNL_ARG_SRC, from, dnnl.DNNL_ARG_DST, to);
    }

    /** Copies between layouts, multiplying what belongs to an index of the first dimensions by its factor. */
    public Runnable reorderEach(memory from, memory to, memory factors, int dimensions) {
        return reorder(from, to, factors, (1 << dimensions) - 1);
    }

    /** @param mask the dimensions, as bits, that have factors of their own */
    private Runnable reorder(memory from, memory to, memory factors, int mask) {
        try (primitive_attr attributes = withScratch()) {
            attributes.set_scales_mask(dnnl.DNNL_ARG_SRC, mask);
            reorder.primitive_desc description = new reorder.primitive_desc(from, to, attributes, false);
            return bind(
                    new reorder(description),
                    description,
                    dnnl.DNNL_ARG_SRC,
                    from,
                    dnnl.DNNL_ARG_DST,
                    to,
                    dnnl.DNNL_ARG_ATTR_SCALES | dnnl.DNNL_ARG_SRC,
                    factors);
        }
    }

    /** Fills a memory with zeros, now. */
    public static void zero(memory held) {
        Pointer.memset(held.get_data_handle(), 0, held.get_desc().get_size());
    }

    /** A primitive's (index, memory) pairs, and its workspace where it has one. */
    public static Object[] withWorkspace(memory workspace, Object... arguments) {
        return workspace == null ? arguments : with(arguments, dnnl.DNNL_ARG_WORKSPACE, workspace);
    }

    /** A primitive's (index, memory) pairs and one more. */
    public static Object[] with(Object[] arguments, int index, memory value) {
        Object[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = index;
        all[arguments.length + 1] = value;
        return all;
    }

    public memory scalar(float value) {
        memory one = allocate(plain(new long[] {1}));
        floats(one).put(value);
        return one;
    }

    /** The floats of a memory, to read and write from Java. */
    public FloatPointer floats(memory held) {
        return own(new FloatPointer(held.get_data_handle())
                .capacity(held.get_desc().get_size() / Float.BYTES));
    }

    /** Names of the implementations oneDNN chose, such as {@code jit:avx512_core}. */
    List<String> implementations() {
        return List.copyOf(implementations);
    }

    /** Keeps a pointer beyond the scope that is open while a plan is built. */
    public <P extends Pointer> P own(P pointer) {
        pointer.retainReference();
        owned.add(pointer);
        return pointer;
    }

    @Override
    public void close() {
        for (int i = owned.size() - 1; i >= 0; i--) {
            owned.get(i).releaseReference();
        }
        owned.clear();
    }
}
