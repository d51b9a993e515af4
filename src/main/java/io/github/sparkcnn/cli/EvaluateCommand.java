package io.github.sparkcnn.cli;

import io.github.sparkcnn.eval.Evaluation;
import io.github.sparkcnn.eval.EvaluationRun;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code evaluate --model DIR --data PATH [--format F]}. */
@Command(
        name = "evaluate",
        description = "Evaluates a saved model on labelled images.",
        mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {

    @Option(
            names = "--model",
            required = true,
            paramLabel = "DIR",
            description = "A run's folder or the model folder in it.")
    private String model;

    @Mixin
    private ImageOptions images;

    @Override
    public Integer call() {
        SparkApplication application = new SparkApplication("sparkcnn evaluate");
        Evaluation evaluation = application.run(spark ->
                new EvaluationRun(spark, application.storage(), model, images.path(), images.format()).execute());
        System.out.printf(
                Locale.ROOT,
                "Images %d  loss %s  accuracy %s%n",
                evaluation.images(),
                evaluation.loss(),
                evaluation.accuracy());
        return 0;
    }
}
