package io.github.sparkcnn.track.tensorboard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.nd4j.shade.protobuf.ByteString;
import org.nd4j.shade.protobuf.CodedOutputStream;
import org.nd4j.shade.protobuf.Struct;
import org.nd4j.shade.protobuf.Value;
import org.tensorflow.framework.SummaryMetadata;

/**
 * What the hparams plug-in reads of a run: {@code HParamsPluginData{session_start_info}}, encoded by hand because no library
 * here holds it (tensorboard/plugins/hparams/{api,plugin_data}.proto). It finds the metrics itself among the scalars.
 */
final class HyperParameters {
    static final String TAG = "_hparams_/session_start_info";

    private static final int SESSION_START_INFO = 3;
    private static final int START_TIME_SECONDS = 5;

    private HyperParameters() {}

    static SummaryMetadata metadata(Map<String, ?> values, double startSeconds) {
        return SummaryMetadata.newBuilder()
                .setPluginData(SummaryMetadata.PluginData.newBuilder()
                        .setPluginName("hparams")
                        .setContent(pluginData(values, startSeconds)))
                .build();
    }

    /** Struct is {@code map<string, Value> = 1}, as SessionStartInfo is with its start time added. */
    private static ByteString pluginData(Map<String, ?> values, double startSeconds) {
        Struct.Builder parameters = Struct.newBuilder();
        values.forEach((name, value) -> parameters.putFields(name, value(value)));
        ByteArrayOutputStream session = new ByteArrayOutputStream();
        ByteArrayOutputStream pluginData = new ByteArrayOutputStream();
        try {
            CodedOutputStream sessionFields = CodedOutputStream.newInstance(session);
            parameters.build().writeTo(sessionFields);
            sessionFields.writeDouble(START_TIME_SECONDS, startSeconds);
            sessionFields.flush();
            CodedOutputStream fields = CodedOutputStream.newInstance(pluginData);
            fields.writeByteArray(SESSION_START_INFO, session.toByteArray());
            fields.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot encode the hyper-parameters", e);
        }
        return ByteString.copyFrom(pluginData.toByteArray());
    }

    private static Value value(Object value) {
        Value.Builder proto = Value.newBuilder();
        if (value instanceof Number number) {
            proto.setNumberValue(number.doubleValue());
        } else if (value instanceof Boolean flag) {
            proto.setBoolValue(flag);
        } else {
            proto.setStringValue(String.valueOf(value));
        }
        return proto.build();
    }
}
