package io.github.sparkcnn.fuzz;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.allreduce.rendezvous.FuzzedMessage;
import io.github.sparkcnn.checkpoint.FuzzedCheckpoint;
import io.github.sparkcnn.config.FuzzedConfiguration;
import io.github.sparkcnn.data.cifar.FuzzedCifar;
import io.github.sparkcnn.data.csv.FuzzedCsv;
import io.github.sparkcnn.data.decode.Encoding;
import io.github.sparkcnn.data.decode.FuzzedImage;
import io.github.sparkcnn.data.folder.FuzzedArchive;
import io.github.sparkcnn.data.format.FuzzedBeginning;
import io.github.sparkcnn.data.idx.FuzzedIdx;
import io.github.sparkcnn.data.numpy.FuzzedArrays;
import io.github.sparkcnn.data.pickle.FuzzedPickle;
import io.github.sparkcnn.eval.FuzzedEvaluation;
import io.github.sparkcnn.io.FuzzedLease;
import io.github.sparkcnn.ml.FuzzedStage;
import io.github.sparkcnn.model.FuzzedModel;
import io.github.sparkcnn.network.definition.FuzzedDefinition;
import io.github.sparkcnn.numpy.FuzzedNpz;
import io.github.sparkcnn.track.FuzzedRun;
import io.github.sparkcnn.track.mlflow.FuzzedMlflow;
import io.github.sparkcnn.train.FuzzedFinishedRun;
import io.github.sparkcnn.train.stage.FuzzedWork;
import io.github.sparkcnn.tune.FuzzedSearch;
import io.github.sparkcnn.tune.space.FuzzedSpace;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** All that read outside bytes. */
final class Readers {

    private Readers() {}

    static List<OutsideReader> all() {
        return Stream.of(
                        Stream.of(
                                new FuzzedCsv("csv", "a.csv"),
                                new FuzzedCsv("csv-bzip2", "a.csv.bz2"),
                                new FuzzedIdx("idx-images", true),
                                new FuzzedIdx("idx-labels", false),
                                new FuzzedCifar(),
                                new FuzzedPickle(),
                                new FuzzedArrays("npz", "a.npz"),
                                new FuzzedArrays("npy", "x_train.npy"),
                                new FuzzedNpz()),
                        Arrays.stream(Encoding.values()).map(FuzzedImage::new),
                        Stream.of(
                                new FuzzedArchive("zip"),
                                new FuzzedArchive("tar"),
                                new FuzzedBeginning(),
                                new FuzzedConfiguration(false),
                                new FuzzedConfiguration(true),
                                new FuzzedDefinition()),
                        Arrays.stream(FuzzedModel.Part.values()).map(FuzzedModel::new),
                        Stream.of("state.json", "checksums.json", "parameters.f32", "updater.f32")
                                .map(FuzzedCheckpoint::new),
                        Arrays.stream(FuzzedRun.Part.values()).map(FuzzedRun::new),
                        Stream.of(
                                new FuzzedFinishedRun(true),
                                new FuzzedFinishedRun(false),
                                new FuzzedLease(),
                                new FuzzedSpace(),
                                new FuzzedSearch(),
                                new FuzzedMlflow(false),
                                new FuzzedMlflow(true),
                                new FuzzedStage(),
                                new FuzzedMessage(),
                                new FuzzedEvaluation()),
                        Arrays.stream(FuzzedWork.Frame.values()).map(FuzzedWork::new))
                .<OutsideReader>flatMap(Function.identity())
                .toList();
    }

    /** Those of these names, or all of none. */
    static List<OutsideReader> named(List<String> names) {
        List<String> known = all().stream().map(OutsideReader::name).toList();
        names.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw new UserException(
                    "fuzz " + name, "there is no reader of this name", "The readers are " + String.join(", ", known));
        });
        return all().stream()
                .filter(reader -> names.isEmpty() || names.contains(reader.name()))
                .toList();
    }

    /** The same for a program, which ends where there is none of a name. */
    static List<OutsideReader> orExit(List<String> names) {
        try {
            return named(names);
        } catch (UserException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return List.of();
        }
    }
}
