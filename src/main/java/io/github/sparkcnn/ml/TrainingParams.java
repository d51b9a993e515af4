package io.github.sparkcnn.ml;

import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.config.TrainingConfig;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;

/**
 * The parameters of a training: the keys of the configuration that people change most, and {@code conf} for all others. Their
 * defaults are those of {@code reference.conf}.
 */
public record TrainingParams(
        Param<String> label,
        Param<String> validationIndicator,
        Param<String> network,
        Param<String> initialModel,
        IntParam epochs,
        IntParam batchSize,
        DoubleParam learningRate,
        Param<String> optimizer,
        DoubleParam weightDecay,
        IntParam averagingFrequency,
        IntParam workers,
        Param<String> strategy,
        LongParam seed,
        Param<String> normalize,
        Param<String> augmentation,
        StringArrayParam conf)
        implements Serializable {

    /** With their defaults, for a stage that has its uid. */
    static TrainingParams of(Params stage) {
        TrainingParams params = new TrainingParams(
                new Param<>(stage, "labelCol", "column of the labels: whole numbers or texts"),
                new Param<>(
                        stage,
                        "validationIndicatorCol",
                        "column that is true for images that are evaluated on after every epoch, not trained on"),
                new Param<>(stage, "network", "name of the network (network.name)"),
                new Param<>(
                        stage,
                        "initialModel",
                        "path of a saved model to start from, a run's or one of Spark ML (network.pretrained)"),
                new IntParam(stage, "epochs", "times that each image is seen (training.epochs)", ParamValidators.gt(0)),
                new IntParam(
                        stage,
                        "batchSize",
                        "images a minibatch, of each worker (training.batch-size)",
                        ParamValidators.gt(0)),
                new DoubleParam(
                        stage,
                        "learningRate",
                        "of the optimizer (training.optimizer.learning-rate)",
                        ParamValidators.gt(0)),
                new Param<>(stage, "optimizer", "adam, sgd … (training.optimizer.name)"),
                new DoubleParam(
                        stage,
                        "weightDecay",
                        "L2 term in the gradient of the weights (training.optimizer.weight-decay)",
                        ParamValidators.gtEq(0)),
                new IntParam(
                        stage,
                        "averagingFrequency",
                        "minibatches between two averagings of the workers (training.averaging-frequency)",
                        ParamValidators.gt(0)),
                new IntParam(
                        stage,
                        "workers",
                        "replicas that train at the same time (training.workers); not set: as many as there are slots",
                        ParamValidators.gt(0)),
                new Param<>(
                        stage,
                        "strategy",
                        "how the workers agree (training.strategy)",
                        ParamValidators.inArray(List.of("all-reduce", "local", "dl4j-averaging"))),
                new LongParam(stage, "seed", "of weights, order, dropout and augmentation (training.seed)"),
                new Param<>(
                        stage,
                        "normalize",
                        "how bytes become the network's input (data.normalize)",
                        ParamValidators.inArray(List.of("unit", "standard"))),
                new Param<>(
                        stage,
                        "augmentation",
                        "what is done to an image before it is seen, e.g. [{name = flip}] (training.augmentation)"),
                new StringArrayParam(stage, "conf", "any other keys of the configuration, each KEY=VALUE"));
        params.setDefaults(stage);
        return params;
    }

    private void setDefaults(Params stage) {
        Configuration defaults = ConfigurationReader.defaults();
        TrainingConfig training = defaults.training();
        stage.setDefault(label, "label");
        stage.setDefault(network, defaults.network().name());
        stage.setDefault(epochs, training.epochs());
        stage.setDefault(batchSize, training.batch().images());
        stage.setDefault(learningRate, training.optimizer().learningRate());
        stage.setDefault(optimizer, (String) defaults.flat().get("training.optimizer.name"));
        stage.setDefault(weightDecay, 0.0);
        stage.setDefault(averagingFrequency, training.averagingFrequency());
        stage.setDefault(
                strategy, training.strategy().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        stage.setDefault(seed, training.seed());
        stage.setDefault(normalize, defaults.data().normalize().name().toLowerCase(Locale.ROOT));
        stage.setDefault(augmentation, "[]");
        stage.setDefault(conf, new String[0]);
    }

    /** What was set on a stage with these parameters, as {@code KEY=VALUE}: {@code conf} first, so that others win. */
    List<String> settings(Params stage) {
        List<String> settings = new ArrayList<>(List.of(stage.getOrDefault(conf)));
        add(settings, stage, network, "network.name");
        add(settings, stage, initialModel, "network.pretrained");
        add(settings, stage, epochs, "training.epochs");
        add(settings, stage, batchSize, "training.batch-size");
        add(settings, stage, learningRate, "training.optimizer.learning-rate");
        add(settings, stage, optimizer, "training.optimizer.name");
        add(settings, stage, weightDecay, "training.optimizer.weight-decay");
        add(settings, stage, averagingFrequency, "training.averaging-frequency");
        add(settings, stage, workers, "training.workers");
        add(settings, stage, strategy, "training.strategy");
        add(settings, stage, seed, "training.seed");
        add(settings, stage, normalize, "data.normalize");
        add(settings, stage, augmentation, "training.augmentation");
        return settings;
    }

    private static void add(List<String> settings, Params stage, Param<?> param, String key) {
        if (stage.isSet(param)) {
            settings.add(key + "=" + stage.getOrDefault(param));
        }
    }
}
