package io.github.sparkcnn.bench;

import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.kernel.Threads;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Every implementation that oneDNN has for some convolutions, in the layouts that it chooses and with channels last, beside its
 * SGEMM, by turns on one thread: the least processor milliseconds. {@code ONEDNN_MAX_CPU_ISA=AVX2} leaves out AVX-512. Prints a
 * Markdown table.
 */
@Command(name = "ConvolutionBenchmark", mixinStandardHelpOptions = true)
final class ConvolutionBenchmark implements Runnable {

    private static final int SIZE = 768;
    private static final dnnl.algorithm DIRECT = dnnl.algorithm.convolution_direct;
    private static final long[] DENSE = {0, 0};

    @Option(names = "--batch", paramLabel = "N", description = "Images. Default: 64.")
    private int batch = 64;

    @Option(names = "--seconds", paramLabel = "S", description = "For each convolution. Default: 2.")
    private double seconds = 2;

    @Option(
            names = "--shapes",
            split = ",",
            paramLabel = "IN:OUT:SIDE:KERNEL:STRIDE:PADDING",
            description = "Of squares. Default: those of the four networks.")
    private List<String> shapes = List.of(
            "1:32:28:5:1:0",
            "32:64:12:5:1:0",
            "16:32:14:5:1:2",
            "16:16:14:3:2:1",
            "32:32:28:3:1:1",
            "32:64:28:3:2:1",
            "64:64:14:3:1:1",
            "128:128:7:3:1:1");

    private final engine cpu;
    private final stream queue;

    private ConvolutionBenchmark() {
        Kernels.wake();
        new Threads(1).apply();
        cpu = new engine(engine.kind.cpu, 0);
        queue = new stream(cpu);
    }

    public static void main(String[] args) {
        System.exit(new CommandLine(new ConvolutionBenchmark()).execute(args));
    }

    /** What is measured, and its least processor nanoseconds. */
    private static final class Candidate {
        private final String name;
        private final Runnable work;
        private long best = Long.MAX_VALUE;

        Candidate(String name, Runnable work) {
            this.name = name;
            this.work = work;
        }

        /** Of so many operations, in 10⁹ a second. */
        double rate(double operations) {
            return operations / best;
        }

        void measure() {
            long start = processorTime();
            work.run();
            best = Math.min(best, processorTime() - start);
        }

        private static long processorTime() {
            return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        }
    }

    @Override
    public void run() {
        System.out.println("| convolution | direction, layout, implementation | ms | GFLOP/s | of SGEMM |");
        System.out.println("|---|---|---:|---:|---:|");
        shapes.forEach(this::measure);
    }

    private void measure(String shape) {
        long[] numbers =
                Arrays.stream(shape.split(":")).mapToLong(Long::parseLong).toArray();
        long side = (numbers[2] + 2 * numbers[5] - numbers[3]) / numbers[4] + 1;
        double flop = 2.0 * batch * numbers[0] * numbers[1] * side * side * numbers[3] * numbers[3];
        List<Candidate> candidates = new ArrayList<>();
        add(candidates, numbers, side, memory.format_tag.any, "chosen");
        add(candidates, numbers, side, memory.format_tag.nhwc, "channels last");
        Candidate sgemm = new Candidate("SGEMM", sgemm());
        candidates.add(sgemm);
        // Once to warm up.
        candidates.forEach(candidate -> candidate.work.run());
        long end = System.nanoTime() + (long) (seconds * 1e9);
        do {
            candidates.forEach(Candidate::measure);
        } while (System.nanoTime() < end);
        double limit = sgemm.rate(2.0 * SIZE * SIZE * SIZE);
        for (Candidate candidate : candidates) {
            double rate = candidate.equals(sgemm) ? limit : candidate.rate(flop);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %.2f | %.1f | %.2f |%n",
                    shape,
                    candidate.name,
                    candidate.best / 1e6,
                    rate,
                    rate / limit);
        }
    }

    private void add(List<Candidate> candidates, long[] numbers, long side, memory.format_tag layout, String name) {
        long[] strides = {numbers[4], numbers[4]};
        long[] padding = {numbers[5], numbers[5]};
        long last = (side - 1) * numbers[4] + numbers[3] - numbers[2] - numbers[5];
        long[] end = {last, last};
        memory.desc input = describe(layout, batch, numbers[0], numbers[2], numbers[2]);
        memory.desc weights = describe(memory.format_tag.any, numbers[1], numbers[0], numbers[3], numbers[3]);
        memory.desc output = describe(layout, batch, numbers[1], side, side);
        memory.desc noBias = new memory.desc();
        primitive_attr plain = new primitive_attr();
        var forward = new convolution_forward.primitive_desc(
                cpu,
                dnnl.prop_kind.forward_training,
                DIRECT,
                input,
                weights,
                noBias,
                output,
                strides,
                DENSE,
                padding,
                end,
                plain,
                false);
        var byInput = new convolution_backward_data.primitive_desc(
                cpu, DIRECT, input, weights, output, strides, DENSE, padding, end, forward, plain, false);
        var byWeights = new convolution_backward_weights.primitive_desc(
                cpu, DIRECT, input, weights, noBias, output, strides, DENSE, padding, end, forward, plain, false);
        do {
            Map<Integer, memory.desc> arguments = Map.of(
                    dnnl.DNNL_ARG_DIFF_SRC,
                    byInput.diff_src_desc(),
                    dnnl.DNNL_ARG_WEIGHTS,
                    byInput.weights_desc(),
                    dnnl.DNNL_ARG_DIFF_DST,
                    byInput.diff_dst_desc());
            add(candidates, "by input, " + name, byInput, new convolution_backward_data(byInput), arguments);
        } while (byInput.next_impl());
        do {
            Map<Integer, memory.desc> arguments = Map.of(
                    dnnl.DNNL_ARG_SRC,
                    byWeights.src_desc(),
                    dnnl.DNNL_ARG_DIFF_WEIGHTS,
                    byWeights.diff_weights_desc(),
                    dnnl.DNNL_ARG_DIFF_DST,
                    byWeights.diff_dst_desc());
            add(candidates, "by weights, " + name, byWeights, new convolution_backward_weights(byWeights), arguments);
        } while (byWeights.next_impl());
        do {
            Map<Integer, memory.desc> arguments = Map.of(
                    dnnl.DNNL_ARG_SRC,
                    forward.src_desc(),
                    dnnl.DNNL_ARG_WEIGHTS,
                    forward.weights_desc(),
                    dnnl.DNNL_ARG_DST,
                    forward.dst_desc());
            add(candidates, "forward, " + name, forward, new convolution_forward(forward), arguments);
        } while (forward.next_impl());
    }

    private static memory.desc describe(memory.format_tag layout, long... dims) {
        return new memory.desc(dims, memory.data_type.f32, layout);
    }

    private void add(
            List<Candidate> candidates,
            String name,
            primitive_desc_base description,
            primitive operation,
            Map<Integer, memory.desc> arguments) {
        String implementation = description.impl_info_str().getString();
        if (implementation.contains("ref") || implementation.contains("sse41")) {
            return;
        }
        dnnl_exec_arg_t bound = new dnnl_exec_arg_t(arguments.size());
        List<memory> held = new ArrayList<>();
        arguments.forEach((index, layout) -> {
            memory zeros = new memory(layout, cpu);
            Pointer.memset(zeros.get_data_handle(), 0, layout.get_size());
            new dnnl_exec_arg_t(bound.getPointer(held.size())).arg(index).memory(zeros.get());
            held.add(zeros);
        });
        candidates.add(new Candidate(name + ", " + implementation, () -> {
            int status = dnnl.dnnl_primitive_execute(operation.get(), queue.get(), held.size(), bound);
            if (status != 0) {
                throw new IllegalStateException(name + " failed with status " + status);
            }
        }));
    }

    private static Runnable sgemm() {
        FloatPointer[] matrices = new FloatPointer[3];
        for (int i = 0; i < matrices.length; i++) {
            matrices[i] = new FloatPointer(new float[SIZE * SIZE]);
        }
        return () -> dnnl.dnnl_sgemm(
                (byte) 'N',
                (byte) 'N',
                SIZE,
                SIZE,
                SIZE,
                1,
                matrices[0],
                SIZE,
                matrices[1],
                SIZE,
                0,
                matrices[2],
                SIZE);
    }
}
