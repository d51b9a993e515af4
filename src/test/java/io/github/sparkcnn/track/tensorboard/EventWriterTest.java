package io.github.sparkcnn.track.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.FileException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.protobuf.CodedInputStream;
import org.nd4j.shade.protobuf.Struct;

class EventWriterTest {

    @Test
    void beginsWithTheFileVersion() throws Exception {
        assertThat(events(writer -> {}))
                .singleElement()
                .returns("brain.Event:2", EventRecord::fileVersion)
                .returns(12.5, EventRecord::wallTime);
    }

    @Test
    void framesAndMasksAsTensorFlowDoes() {
        // The checksum of 32 zero bytes is 0x8a9136aa (RFC 3720, B.4).
        assertThat(RecordFraming.maskedCrc(new byte[32])).isEqualTo(Integer.rotateRight(0x8a9136aa, 15) + 0xa282ead8);
    }

    @Test
    void keepsScalarsWithTheirSteps() throws Exception {
        List<EventRecord> events = events(writer -> {
            writer.scalar("loss/train", 1, 0.75);
            writer.scalar("loss/train", 2, 0.5);
        });

        assertThat(events.subList(1, 3)).extracting(EventRecord::step).containsExactly(1L, 2L);
        assertThat(events.subList(1, 3))
                .extracting(event -> event.value().getSimpleValue())
                .containsExactly(0.75f, 0.5f);
        assertThat(events.get(1).value().getTag()).isEqualTo("loss/train");
    }

    @Test
    void keepsImagesPixelByPixel() throws Exception {
        BufferedImage image = new BufferedImage(28, 14, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSample(3, 4, 0, 200);

        var proto = events(writer -> writer.image("sample", 0, image))
                .get(1)
                .value()
                .getImage();

        assertThat(proto.getWidth()).isEqualTo(28);
        assertThat(proto.getHeight()).isEqualTo(14);
        assertThat(proto.getColorspace()).isEqualTo(1);
        BufferedImage read = ImageIO.read(
                new ByteArrayInputStream(proto.getEncodedImageString().toByteArray()));
        assertThat(read.getRaster().getSample(3, 4, 0)).isEqualTo(200);
        assertThat(read.getRaster().getSample(4, 3, 0)).isZero();
    }

    @Test
    void keepsHyperParametersForTheirPlugin() throws Exception {
        var value = events(writer -> writer.hyperParameters(Map.of("rate", 0.1, "shuffle", true, "name", "adam")))
                .get(1)
                .value();

        assertThat(value.getTag()).isEqualTo("_hparams_/session_start_info");
        assertThat(value.getMetadata().getPluginData().getPluginName()).isEqualTo("hparams");
        CodedInputStream pluginData =
                value.getMetadata().getPluginData().getContent().newCodedInput();
        assertThat(pluginData.readTag() >>> 3).isEqualTo(3);
        Struct session = Struct.parseFrom(pluginData.readByteArray());
        assertThat(session.getFieldsOrThrow("rate").getNumberValue()).isEqualTo(0.1);
        assertThat(session.getFieldsOrThrow("shuffle").getBoolValue()).isTrue();
        assertThat(session.getFieldsOrThrow("name").getStringValue()).isEqualTo("adam");
    }

    @Test
    void showsWhatIsFlushedBeforeTheFileIsClosed(@TempDir Path folder) throws Exception {
        try (EventWriter writer =
                EventFile.create(new org.apache.hadoop.fs.Path(folder.toUri()), new Configuration(false))) {
            writer.scalar("loss", 1, 1);
            writer.flush();

            try (var files = Files.list(folder)) {
                assertThat(files).singleElement().satisfies(file -> {
                    assertThat(file.getFileName().toString()).startsWith("events.out.tfevents.");
                    assertThat(EventRecord.readAll(Files.readAllBytes(file))).hasSize(2);
                });
            }
        }
    }

    @Test
    void aFilesNameHasTheTimeInDigitsThatTensorBoardSorts() {
        assertThat(EventFile.name(Instant.ofEpochSecond(1_764_310_000, 7), "host"))
                .isEqualTo("events.out.tfevents.1764310000.host.000000007");
    }

    @Test
    void namesTheFileThatCannotBeWritten() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };

        assertThatThrownBy(() -> new EventWriter(full, "hdfs://host/run"))
                .isInstanceOf(FileException.class)
                .hasMessageContaining("hdfs://host/run");
    }

    private static List<EventRecord> events(Consumer<EventWriter> use) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (EventWriter writer = new EventWriter(bytes, "memory", InstantSource.fixed(Instant.ofEpochMilli(12_500)))) {
            use.accept(writer);
        }
        return EventRecord.readAll(bytes.toByteArray());
    }
}
