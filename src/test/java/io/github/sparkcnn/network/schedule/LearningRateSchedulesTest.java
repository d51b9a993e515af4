package io.github.sparkcnn.network.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.keys.Keys;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.commons.lang3.SerializationUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The oracle is PyTorch: schedule/make_schedules.py printed its rates. */
class LearningRateSchedulesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode TORCH = torch();

    @ParameterizedTest
    @MethodSource("byIteration")
    void hasPyTorchsRateAtEveryIteration(JsonNode expected) {
        LearningRateSchedule schedule = schedule(expected);

        for (int i = 0; i < expected.get("rates").size(); i++) {
            assertThat(schedule.rate(i))
                    .as("iteration " + i)
                    .isCloseTo(expected.get("rates").get(i).asDouble(), within(1e-12));
        }
        assertThat(schedule.afterEpoch(0.5).rate(3)).isEqualTo(schedule.rate(3));
    }

    @ParameterizedTest
    @MethodSource("byEpoch")
    void hasPyTorchsRateAfterEveryValidationLoss(JsonNode expected) {
        LearningRateSchedule schedule = schedule(expected);

        assertThat(schedule.rate(0)).isEqualTo(expected.get("rates").get(0).asDouble());
        for (int epoch = 0; epoch < TORCH.get("losses").size(); epoch++) {
            schedule = schedule.afterEpoch(TORCH.get("losses").get(epoch).asDouble());
            assertThat(schedule.rate(0))
                    .as("after epoch " + epoch)
                    .isCloseTo(expected.get("rates").get(epoch + 1).asDouble(), within(1e-15));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "constant, false, false",
        "step, false, false",
        "cosine, true, false",
        "one-cycle, true, false",
        "reduce-on-plateau, false, true"
    })
    void knowsWhatItsRatesDependOn(String name, boolean onTheEpochs, boolean onTheLoss) {
        Map<String, Object> own = name.equals("step") ? Map.of("epochs", 2) : Map.of();
        Map<String, Object> warm = new HashMap<>(own);
        warm.put("warm-up-epochs", 1);

        for (Map<String, Object> keys : List.of(own, warm)) {
            Schedule schedule = read(name, keys, 0.2, 5);
            assertThat(schedule.stretchesOverTheRun()).isEqualTo(onTheEpochs);
            assertThat(schedule.followsTheLoss()).isEqualTo(onTheLoss);
            assertThat(SerializationUtils.roundtrip(schedule.over(4))).isEqualTo(schedule.over(4));
        }
    }

    @Test
    void aLossThatIsNotANumberCountsAsABadEpoch() {
        LearningRateSchedule schedule = of("reduce-on-plateau", Map.of("patience", 0), 0.2, 4, 5);

        assertThat(schedule.afterEpoch(Double.NaN).rate(0)).isCloseTo(0.02, within(1e-15));
    }

    @Test
    void afterTheLastIterationTheRateStaysWhereItIs() {
        assertThat(of("cosine", Map.of("minimum", 0.01), 0.2, 4, 5).rate(1000)).isEqualTo(0.01);
        assertThat(of("one-cycle", Map.of(), 0.2, 4, 5).rate(1000)).isCloseTo(0.2 / 25 / 1e4, within(1e-18));
    }

    @Test
    void refusesARunThatIsTooShortOnceItsLengthIsKnown() {
        Schedule schedule = read("one-cycle", Map.of("rising-fraction", 0.1), 0.2, 5);

        assertThatThrownBy(() -> schedule.over(2))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot use schedule one-cycle: training.schedule.rising-fraction is less than two of 10"
                        + " iterations. Set it to more, or make more iterations: a smaller training.batch-size or"
                        + " training.total-batch-size, or more training.epochs.");
    }

    @Test
    void suggestsTheNearestName() {
        assertThatThrownBy(() -> of("one-cicle", Map.of(), 0.1, 10, 2))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot use schedule one-cicle: there is none of that name. Did you mean one-cycle? Set"
                        + " training.schedule.name to one of constant, cosine, exponential, multi-step, one-cycle,"
                        + " reduce-on-plateau, step.");
    }

    @Test
    void refusesAMissingKey() {
        assertRefused(
                "step",
                Map.of("factor", 0.5),
                "Cannot use schedule step: training.schedule.epochs has no value. Set it to a whole number of at least 1.");
    }

    @Test
    void refusesAnUnknownKeyAndSuggestsTheNearest() {
        assertRefused(
                "exponential",
                Map.of("name", "exponential", "factor", 0.5, "warmup-epochs", 1),
                "Cannot use schedule exponential: training.schedule has an unknown key warmup-epochs. Did you mean"
                        + " warm-up-epochs? Its keys are factor, warm-up-epochs, warm-up-start.");
    }

    @Test
    void refusesValuesOutOfRange() {
        assertRefused(
                "exponential",
                Map.of("factor", 1.5),
                "Cannot use schedule exponential: training.schedule.factor is 1.5. Set it to between 0 and 1.");
        assertRefused(
                "step",
                Map.of("epochs", "two"),
                "Cannot use schedule step: training.schedule.epochs is two. Set it to a whole number of at least 1.");
        assertRefused(
                "multi-step",
                Map.of("milestones", List.of(1, 2.5)),
                "Cannot use schedule multi-step: training.schedule.milestones is 2.5. Set it to epochs, e.g. [10, 20].");
        assertRefused(
                "constant",
                Map.of("warm-up-epochs", 3),
                "Cannot use schedule constant: training.schedule.warm-up-epochs is 3. Set it to 0 to 2.");
    }

    private static void assertRefused(String name, Map<String, Object> keys, String message) {
        assertThatThrownBy(() -> of(name, keys, 0.1, 10, 2))
                .isInstanceOf(UserException.class)
                .hasMessage(message);
    }

    private static LearningRateSchedule of(
            String name, Map<String, Object> keys, double baseRate, long iterationsPerEpoch, int epochs) {
        return read(name, keys, baseRate, epochs).over(iterationsPerEpoch);
    }

    private static Schedule read(String name, Map<String, Object> keys, double baseRate, int epochs) {
        Map<String, Object> named = new HashMap<>(keys);
        named.put("name", name);
        return Schedule.of(Keys.of("training.schedule", named), baseRate, epochs);
    }

    private static LearningRateSchedule schedule(JsonNode expected) {
        return of(
                expected.get("name").asText(),
                JSON.convertValue(expected.get("keys"), new TypeReference<Map<String, Object>>() {}),
                TORCH.get("base").asDouble(),
                TORCH.get("iterations_per_epoch").asLong(),
                TORCH.get("epochs").asInt());
    }

    private static Stream<JsonNode> byIteration() {
        return StreamSupport.stream(TORCH.get("by_iteration").spliterator(), false);
    }

    private static Stream<JsonNode> byEpoch() {
        return StreamSupport.stream(TORCH.get("by_epoch").spliterator(), false);
    }

    private static JsonNode torch() {
        try (InputStream in = LearningRateSchedulesTest.class.getResourceAsStream("/schedule/schedules.json")) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("schedule/schedules.json", e);
        }
    }
}
