package io.github.sparkcnn.model;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.fuzz.Compressed;
import io.github.sparkcnn.fuzz.Compressed.Entry;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.network.architecture.Architectures;
import io.github.sparkcnn.network.optimizer.Optimizer;
import io.github.sparkcnn.network.optimizer.Sgd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFolderTest {

    private static final Optimizer SGD = new Sgd(0.1, 0.9, 0);
    private static final Storage STORAGE = Storage.ofLocalMaster(new Configuration());

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"all-convolutional", "batch-norm-cnn", "residual-cnn"})
    void loadsEitherKindOfNetworkAsItWasSaved(String name) {
        Network network = save(name);

        ModelFolder.Saved loaded = ModelFolder.load(STORAGE, folder.toString());

        assertThat(loaded.network()).hasSameClassAs(network);
        assertThat(loaded.network().parameters()).isEqualTo(network.parameters());
        assertThat(NetworkState.of(loaded.network()).updater())
                .isEqualTo(NetworkState.of(network).updater());
        assertThat(loaded.card().network()).isEqualTo(name);
    }

    @Test
    void readsACardOfALaterVersion() throws IOException {
        save("all-convolutional");
        Path card = folder.resolve("model/model.json");
        Files.writeString(card, Files.readString(card).replaceFirst("\\{", "{\"of_tomorrow\": 1,"));

        assertThat(ModelFolder.load(STORAGE, folder.toString()).card().network())
                .isEqualTo("all-convolutional");
    }

    @Test
    void aDamagedCardIsOneLine() throws IOException {
        save("all-convolutional");
        Path card = folder.resolve("model/model.json");
        Files.writeString(card, Files.readString(card).replaceFirst("\"labels\" :", "\"labels\""));

        assertThatThrownBy(() -> ModelFolder.load(STORAGE, folder.toString()))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot load model ")
                .message()
                .hasLineCount(1);
    }

    @Test
    void refusesAZipThatIsNotWhatWasSaved() throws IOException {
        save("all-convolutional");
        byte[] zip = Files.readAllBytes(zip());
        zip[zip.length / 2] ^= 1;
        Files.write(zip(), zip);

        assertThatThrownBy(() -> ModelFolder.load(STORAGE, folder.toString()))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("model.zip has SHA-256 ");
    }

    @Test
    void refusesAZipThatWasDamagedBeforeItsHashWasTaken() throws IOException {
        save("residual-cnn");
        byte[] zip = Files.readAllBytes(zip());
        replaceZip(Arrays.copyOf(zip, zip.length / 2));

        assertThatThrownBy(() -> ModelFolder.load(STORAGE, folder.toString()))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("Deeplearning4j cannot read its model.zip");
    }

    @ParameterizedTest
    @ValueSource(strings = {"coefficients.bin", "updaterState.bin"})
    @Timeout(60) // it would be reading into an array of 2^40 numbers
    void refusesAnArrayLongerThanItsFile(String name) throws IOException {
        save("all-convolutional");
        List<Entry> entries = entries();
        entries.stream()
                .filter(entry -> entry.name().equals(name))
                .forEach(entry -> declare(1L << 40, entry.content()));
        replaceZip(Compressed.deflated(entries.toArray(Entry[]::new)));

        assertThatThrownBy(() -> ModelFolder.load(STORAGE, folder.toString()))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("model.zip: " + name + " declares 1099511627776 values of 4 bytes, and ");
    }

    private List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip()))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.add(new Entry(entry.getName(), in.readAllBytes()));
            }
        }
        return entries;
    }

    /** The second length in the file, between the mode of allocation and the word FLOAT. */
    private static void declare(long length, byte[] array) {
        int type = new String(array, ISO_8859_1).indexOf("\0\5FLOAT");
        ByteBuffer.wrap(array).putLong(type - Long.BYTES, length);
    }

    @Test
    void refusesAnObjectThatReadingWouldRun() throws IOException {
        save("all-convolutional");
        List<Entry> entries = entries();
        entries.add(new Entry("preprocessor.bin", Canaries.serialized()));
        replaceZip(Compressed.deflated(entries.toArray(Entry[]::new)));

        assertThatThrownBy(() -> ModelFolder.load(STORAGE, folder.toString()))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("it holds preprocessor.bin, an object of Java that would run code");
    }

    /** ND4J's Jackson would read on until the stack is full (CVE-2025-52999). */
    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "{\"confs\":["})
    void refusesJsonThatNestsWithoutEnd(String opening) throws IOException {
        save("all-convolutional");
        byte[] json = opening.repeat(100_000).getBytes(UTF_8);
        List<Entry> entries = entries();
        entries.replaceAll(entry -> entry.name().equals("configuration.json") ? new Entry(entry.name(), json) : entry);
        replaceZip(Compressed.deflated(entries.toArray(Entry[]::new)));

        assertThatThrownBy(() -> ModelFolder.load(STORAGE, folder.toString()))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("its JSON is nested deeper than 500");
    }

    @Test
    void refusesAFileThatIsNoZip() throws IOException {
        save("all-convolutional");
        replaceZip("not a zip".getBytes(UTF_8));

        assertThatThrownBy(() -> ModelFolder.load(STORAGE, folder.toString()))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("it holds no configuration.json");
    }

    private Network save(String name) {
        Network network = Architectures.build(name, ImageShape.MNIST, 10, SGD, 1);
        ModelFolder.save(
                STORAGE,
                STORAGE.path(folder.resolve("model").toString()),
                network,
                ModelCard.unsaved(name, Collections.nCopies(10, "x"), ImageShape.MNIST, PixelScale.UNIT));
        return network;
    }

    private Path zip() {
        return folder.resolve("model/model.zip");
    }

    private void replaceZip(byte[] content) throws IOException {
        String before = sha256(Files.readAllBytes(zip()));
        Files.write(zip(), content);
        Path card = folder.resolve("model/model.json");
        Files.writeString(card, Files.readString(card).replace(before, sha256(content)));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
