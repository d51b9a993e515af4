package io.github.sparkcnn.data.download;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.keys.Keys;
import java.net.URI;
import java.util.Arrays;
import java.util.List;

/** The data sets that can be downloaded, with the checksums that their authors publish. */
public enum OfficialDataSet {
    /** Zalando's garments: github.com/zalandoresearch/fashion-mnist. */
    FASHION_MNIST(
            "conf/fashion-cnn.conf",
            "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
            new RemoteFile("train-images-idx3-ubyte.gz", "8d4fb7e6c68d591d4c3dfef9ec88bf0d"),
            new RemoteFile("train-labels-idx1-ubyte.gz", "25c81989df183df01b3e8a0aad5dffbe"),
            new RemoteFile("t10k-images-idx3-ubyte.gz", "bef4ecab320f06d8554ea6380940ec79"),
            new RemoteFile("t10k-labels-idx1-ubyte.gz", "bb300cfdad3c16e7a12a480ee83cd310")),

    /** LeCun's and Cortes' handwritten digits, from the mirror that PyTorch keeps. */
    MNIST(
            "conf/mnist-batch-norm.conf",
            "https://ossci-datasets.s3.amazonaws.com/mnist/",
            new RemoteFile("train-images-idx3-ubyte.gz", "f68b3c2dcbeaaa9fbdd348bbdeb94873"),
            new RemoteFile("train-labels-idx1-ubyte.gz", "d53e105ee54ea40749a09fcbcd1e9432"),
            new RemoteFile("t10k-images-idx3-ubyte.gz", "9fb629c4189551a2d022fa330f9573f3"),
            new RemoteFile("t10k-labels-idx1-ubyte.gz", "ec29112dd5afa0611ce80d1b7f02629c"));

    private final String experiment;
    private final URI home;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<RemoteFile> files;

    OfficialDataSet(String experiment, String home, RemoteFile... files) {
        this.experiment = experiment;
        this.home = URI.create(home);
        this.files = List.of(files);
    }

    /**
     * One file to fetch.
     *
     * @param md5 in lower-case hexadecimal
     */
    record RemoteFile(String name, String md5) {}

    /** The data set of a name such as {@code fashion-mnist}. */
    public static OfficialDataSet of(String name) {
        return Arrays.stream(values())
                .filter(set -> set.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new UserException(
                        "download " + name,
                        "there is no such data set",
                        "Name one of "
                                + String.join(
                                        ", ",
                                        Arrays.stream(values())
                                                .map(OfficialDataSet::toString)
                                                .toList())));
    }

    /** The tutorial that trains on it from {@code data/NAME}. */
    public String experiment() {
        return experiment;
    }

    /** The folder on the web that holds the files. */
    public URI home() {
        return home;
    }

    List<RemoteFile> files() {
        return files;
    }

    @Override
    public String toString() {
        return Keys.word(this);
    }
}
