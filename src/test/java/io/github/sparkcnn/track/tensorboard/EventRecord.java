package io.github.sparkcnn.track.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.nd4j.shade.protobuf.CodedInputStream;
import org.nd4j.shade.protobuf.ExtensionRegistryLite;
import org.tensorflow.framework.Summary;

/** One event, read by a reader written from the format's description, not from the writer. */
public record EventRecord(double wallTime, long step, String fileVersion, Summary summary) {

    public static List<EventRecord> readAll(byte[] file) throws Exception {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        List<EventRecord> records = new ArrayList<>();
        while (bytes.hasRemaining()) {
            byte[] length = new byte[8];
            bytes.get(length);
            assertThat(bytes.getInt()).isEqualTo(maskedCrc(length));
            byte[] data = new byte
                    [Math.toIntExact(ByteBuffer.wrap(length)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong())];
            bytes.get(data);
            assertThat(bytes.getInt()).isEqualTo(maskedCrc(data));
            records.add(parse(data));
        }
        return records;
    }

    public Summary.Value value() {
        return summary.getValue(0);
    }

    private static int maskedCrc(byte[] data) {
        CRC32C crc = new CRC32C();
        crc.update(data);
        long value = crc.getValue();
        return (int) ((((value >>> 15) | (value << 17)) & 0xffffffffL) + 0xa282ead8L);
    }

    private static EventRecord parse(byte[] data) throws Exception {
        CodedInputStream in = CodedInputStream.newInstance(data);
        double wallTime = 0;
        long step = 0;
        String version = "";
        Summary summary = Summary.getDefaultInstance();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag >>> 3) {
                case 1 -> wallTime = in.readDouble();
                case 2 -> step = in.readInt64();
                case 3 -> version = in.readString();
                case 5 -> summary = in.readMessage(Summary.parser(), ExtensionRegistryLite.getEmptyRegistry());
                default -> throw new AssertionError("field " + (tag >>> 3));
            }
        }
        return new EventRecord(wallTime, step, version, summary);
    }
}
