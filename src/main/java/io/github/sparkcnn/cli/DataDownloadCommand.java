package io.github.sparkcnn.cli;

import io.github.sparkcnn.data.download.Download;
import io.github.sparkcnn.data.download.OfficialDataSet;
import io.github.sparkcnn.io.NamedOutput;
import io.github.sparkcnn.io.Storage;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code data download fashion-mnist|mnist [--output DIR] [--mirror URL]}. */
@Command(
        name = "download",
        description =
                "Fetches the official IDX files of a data set, checks their MD5, and goes on where an earlier download broke off.",
        mixinStandardHelpOptions = true)
final class DataDownloadCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "The data set: fashion-mnist or mnist.")
    private String name;

    @Option(names = "--output", paramLabel = "DIR", description = "The folder for the four files. Default: data/NAME.")
    private String output;

    @Option(
            names = "--mirror",
            paramLabel = "URL",
            description = "A mirror, a folder on the web with the same file names. Default: the official one.")
    private URI mirror;

    @Override
    public Integer call() {
        OfficialDataSet dataSet = OfficialDataSet.of(name);
        SparkApplication application = new SparkApplication("sparkcnn data download");
        Storage storage = application.storage();
        Path folder = storage.path(output != null ? output : "data/" + name);
        new NamedOutput(storage, folder, "--output").requireWritable();
        Download.Result result = Download.of(dataSet, mirror != null ? mirror : dataSet.home(), storage, folder)
                .execute();
        result.files()
                .forEach(file -> System.out.printf(
                        Locale.ROOT, "%s  %,d bytes  MD5 %s%n", file.path(), file.bytes(), file.md5()));
        System.out.println(result.fetched() + " of " + result.files().size() + " files fetched");
        if (storage.exists(storage.path(dataSet.experiment()))) { // not from another folder than the launcher's
            application
                    .next()
                    .ofDownload(dataSet.experiment(), Optional.of(folder).filter(theirs -> output != null))
                    .forEach(System.out::println);
        }
        return 0;
    }
}
