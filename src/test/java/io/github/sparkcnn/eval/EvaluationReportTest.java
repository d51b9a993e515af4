package io.github.sparkcnn.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The oracle is scikit-learn: eval/make_reports.py made the files. */
class EvaluationReportTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ten-classes",
                "missing-class",
                "never-predicted",
                "missing-and-never-predicted",
                "long-names",
                "two-classes",
                "ties"
            })
    void equalsScikitLearn(String name) throws IOException {
        Case expected = Case.read(name);
        EvaluationReport report = expected.sums(0, expected.labels.length).report(expected.names);

        expected.json
                .get("text")
                .fields()
                .forEachRemaining(text -> assertThat(report.classification().text(Integer.parseInt(text.getKey())))
                        .isEqualTo(text.getValue().asText()));
        assertThat(report.confusion().counts()).isDeepEqualTo(expected.confusion());
        assertThat(report.loss()).isCloseTo(expected.json.get("loss").asDouble(), within(1e-12));
        assertThat(report.topKAccuracy()).isCloseTo(expected.json.get("top_k").asDouble(), within(1e-12));
        assertThat(report.calibrationError())
                .isCloseTo(expected.json.get("calibration_error").asDouble(), within(1e-12));
        assertThatTheMapEquals(
                expected.json.get("dict"), report.classification().toMap());
    }

    private static void assertThatTheMapEquals(JsonNode expected, Map<String, Object> map) {
        JsonNode ours = JSON.valueToTree(map);
        assertThat(ours.size()).isEqualTo(expected.size());
        expected.fields().forEachRemaining(row -> {
            JsonNode same = ours.get(row.getKey());
            if (row.getKey().equals("accuracy")) {
                assertThat(same.asDouble()).isCloseTo(row.getValue().asDouble(), within(1e-12));
            } else {
                assertThat(same.size()).isEqualTo(4);
                row.getValue()
                        .fields()
                        .forEachRemaining(
                                score -> assertThat(same.get(score.getKey()).asDouble())
                                        .as(row.getKey() + " " + score.getKey())
                                        .isCloseTo(score.getValue().asDouble(), within(1e-12)));
            }
        });
    }

    @Test
    void sumsMergedAfterSerialisationEqualTheSumsOfAllRows() throws Exception {
        Case rows = Case.read("ten-classes");
        EvaluationSums first = overTheWire(rows.sums(0, 150));
        EvaluationSums second = overTheWire(rows.sums(150, 400));

        EvaluationReport merged =
                new EvaluationSums(10, 3).merge(first).merge(second).report(rows.names);
        EvaluationReport whole = rows.sums(0, 400).report(rows.names);

        assertThat(merged.classification()).isEqualTo(whole.classification());
        assertThat(merged.loss()).isCloseTo(whole.loss(), within(1e-12));
        assertThat(merged.topKAccuracy()).isEqualTo(whole.topKAccuracy());
        assertThat(merged.calibrationError()).isCloseTo(whole.calibrationError(), within(1e-12));
        assertThat(merged.images()).isEqualTo(400);
    }

    @Test
    void topOneIsTheAccuracyEvenOfEqualProbabilities() {
        EvaluationReport report = new EvaluationSums(3, 1)
                .add(new float[] {0.4f, 0.4f, 0.2f, 0.4f, 0.4f, 0.2f}, new int[] {0, 1}, 2)
                .report(List.of("a", "b", "c"));

        assertThat(report.topKAccuracy()).isEqualTo(0.5);
        assertThat(report.classification().accuracy()).isEqualTo(0.5);
    }

    @Test
    void aCertainMistakeHasTheLargestFiniteLoss() {
        EvaluationReport report = new EvaluationSums(2, 1)
                .add(new float[] {1, 0}, new int[] {1}, 1)
                .report(List.of("a", "b"));

        assertThat(report.loss()).isCloseTo(-Math.log(1e-10), within(1e-12));
        assertThat(report.calibrationError()).isEqualTo(1);
    }

    @Test
    void nothingEvaluatedIsAllZeros() {
        EvaluationReport report = new EvaluationSums(2, 1).report(List.of("a", "b"));

        assertThat(report.loss()).isZero();
        assertThat(report.classification().weighted()).isEqualTo(new ClassScores("weighted avg", 0, 0, 0, 0));
    }

    @Test
    void csvQuotesNamesAndKeepsAllDigits() {
        EvaluationReport report = new EvaluationSums(2, 1)
                .add(new float[] {1, 0, 1, 0, 0, 1}, new int[] {0, 1, 1}, 3)
                .report(List.of("a, \"b\"", "c"));

        assertThat(report.classification().csv()).isEqualTo("""
                        class,precision,recall,f1-score,support
                        "a, ""b""\",0.5,1.0,0.6666666666666666,1
                        c,1.0,0.5,0.6666666666666666,2
                        accuracy,,,0.6666666666666666,3
                        macro avg,0.75,0.75,0.6666666666666666,3
                        weighted avg,0.8333333333333334,0.6666666666666666,0.6666666666666666,3
                        """);
        assertThat(report.csv()).isEqualTo(report.classification().csv() + """
                        top-1 accuracy,,,0.6666666666666666,3
                        expected calibration error,,,0.3333333333333333,3
                        """);
        assertThat(report.confusion().csv(report.names())).isEqualTo("""
                        true \\ predicted,"a, ""b""\",c
                        "a, ""b""\",1,0
                        c,1,1
                        """);
    }

    @Test
    void textShowsTheConfusionMatrixWithTheTrueClassesAsRows() {
        float[] probabilities = new float[2 * 12];
        int[] labels = new int[12];
        probabilities[1] = 1;
        for (int i = 1; i < 12; i++) {
            probabilities[2 * i] = 1;
        }
        EvaluationReport report =
                new EvaluationSums(2, 1).add(probabilities, labels, 12).report(List.of("a", "dress"));

        assertThat(report.text(2)).endsWith("""
                        Confusion matrix (rows true, columns predicted)

                                a  dress
                            a  11      1
                        dress   0      0
                        """);
    }

    @Test
    void refusesALabelOutsideTheClasses() {
        assertThatThrownBy(() -> new EvaluationSums(2, 1).add(new float[] {1, 0}, new int[] {2}, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("label 2 is none of the 2 classes");
    }

    @Test
    void refusesANetworkThatPredictsNaN() {
        assertThatThrownBy(() -> new EvaluationSums(2, 1).add(new float[] {1, Float.NaN}, new int[] {0}, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the network predicts NaN for class 1");
    }

    private static EvaluationSums overTheWire(EvaluationSums sums) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(sums);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (EvaluationSums) in.readObject();
        }
    }

    private static final class Case {
        private final JsonNode json;
        private final List<String> names = new ArrayList<>();
        private final int[] labels;
        private final float[] probabilities;

        private Case(JsonNode json) {
            this.json = json;
            json.get("names").forEach(name -> names.add(name.asText()));
            this.labels = JSON.convertValue(json.get("labels"), int[].class);
            this.probabilities = JSON.convertValue(json.get("probabilities"), float[].class);
        }

        static Case read(String name) throws IOException {
            try (InputStream in = EvaluationReportTest.class.getResourceAsStream("/eval/" + name + ".json")) {
                return new Case(JSON.readTree(in));
            }
        }

        EvaluationSums sums(int from, int to) {
            int classes = names.size();
            return new EvaluationSums(classes, json.get("k").asInt())
                    .add(
                            Arrays.copyOfRange(probabilities, from * classes, to * classes),
                            Arrays.copyOfRange(labels, from, to),
                            to - from);
        }

        long[][] confusion() {
            return JSON.convertValue(json.get("confusion"), long[][].class);
        }
    }
}
