package io.github.sparkcnn.bench.gpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Checks that have the device one after the other, in a process that leaves it to the next. */
record OneProcess(List<Check> checks) implements Check {

    @Override
    public String name() {
        return checks.stream().map(Check::name).collect(Collectors.joining(","));
    }

    @Override
    public void run(Bench bench, Consumer<Verdict> verdicts) {
        List<String> words = new ArrayList<>(List.of(name()));
        words.addAll(bench.words());
        Child.of(OneProcess.class, words).run(line -> verdicts.accept(Verdict.parse(line)));
    }

    /** Names of checks and the words of a bench. */
    public static void main(String... args) {
        Child.run(() -> {
            Bench bench = Bench.of(Arrays.asList(args).subList(1, args.length));
            bench.wake();
            for (Check check : GpuCheck.named(List.of(args[0].split(",", -1)))) {
                GpuCheck.run(check, bench, verdict -> System.out.println(verdict.line()));
            }
        });
    }
}
