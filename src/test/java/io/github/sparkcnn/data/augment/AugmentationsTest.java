package io.github.sparkcnn.data.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.MovedPixels;
import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.keys.Place;
import io.github.sparkcnn.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.commons.lang3.SerializationUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AugmentationsTest {

    private static final ImageShape SHAPE = new ImageShape(2, 12, 10);
    private static final Place PLACE = new Place("use augmentation", "training.augmentation[0]");
    private static final List<Map<String, Object>> EVERYTHING = List.of(
            Map.of("name", "flip"),
            Map.of("name", "crop", "padding", 2),
            Map.of("name", "rotation", "degrees", 10),
            Map.of("name", "affine", "degrees", 5, "translate", 0.1, "smallest", 0.9, "largest", 1.1, "shear", 5),
            Map.of("name", "brightness", "amount", 0.2),
            Map.of("name", "contrast", "amount", 0.2),
            Map.of("name", "random-erasing"),
            Map.of("name", "cutout", "size", 4));

    private final byte[] pixels = new byte[5 * SHAPE.size()];
    private final byte[] image = new byte[SHAPE.size()];
    private final byte[] once = new byte[SHAPE.size()];
    private final byte[] twice = new byte[SHAPE.size()];
    private final RandomStream random = new RandomStream();

    AugmentationsTest() {
        new Random(2).nextBytes(pixels);
        System.arraycopy(pixels, 0, image, 0, image.length);
    }

    @ParameterizedTest
    @MethodSource("each")
    void dependsOnSeedEpochAndImageButNotOnTheOrderOrTheAugmenter(Map<String, Object> one) {
        ImageAugmenter forwards = augmenter(List.of(one), SHAPE, 9);
        ImageAugmenter backwards = augmenter(List.of(one), SHAPE, 9);
        byte[][] expected = new byte[5][];
        for (int i = 0; i < 5; i++) {
            expected[i] = forwards.augment(pixels, i * SHAPE.size(), 3, 100 + i).clone();
        }
        for (int i = 4; i >= 0; i--) {
            assertThat(backwards.augment(pixels, i * SHAPE.size(), 3, 100 + i)).isEqualTo(expected[i]);
        }
    }

    @ParameterizedTest
    @MethodSource("each")
    void changesFromEpochToEpochFromImageToImageAndFromSeedToSeed(Map<String, Object> one) {
        ImageAugmenter augmenter = augmenter(List.of(one), SHAPE, 9);
        Set<Integer> byEpoch = new HashSet<>();
        Set<Integer> byImage = new HashSet<>();
        Set<Integer> bySeed = new HashSet<>();
        for (int i = 0; i < 30; i++) {
            byEpoch.add(Arrays.hashCode(augmenter.augment(pixels, 0, i, 0)));
            byImage.add(Arrays.hashCode(augmenter.augment(pixels, 0, 0, i)));
            bySeed.add(Arrays.hashCode(augmenter(List.of(one), SHAPE, i).augment(pixels, 0, 0, 0)));
        }
        assertThat(byEpoch.size()).isGreaterThan(1);
        assertThat(byImage.size()).isGreaterThan(1);
        assertThat(bySeed.size()).isGreaterThan(1);
    }

    @ParameterizedTest
    @MethodSource("each")
    void isTheSameOnAWorker(Map<String, Object> one) {
        List<Augmentation> sent = Augmentation.read(keys(List.of(one)));

        List<Augmentation> received = SerializationUtils.roundtrip(new ArrayList<>(sent));

        assertThat(received).isEqualTo(sent);
    }

    /** Told where its pixels come from, somebody else makes the same image. */
    @Test
    void movesSayWhatTheyDo() {
        List<Map<String, Object>> moves = List.of(EVERYTHING.get(1), EVERYTHING.get(0), EVERYTHING.get(1));
        ImageAugmenter augmenter = augmenter(moves, SHAPE, 9);
        MovedPixels moved = new MovedPixels(SHAPE, 2);
        assertThat(augmenter.onlyMoves()).isTrue();
        for (int index = 0; index < 40; index++) {
            augmenter.move(3, index, moved, 1);
            for (int i = 0; i < once.length; i++) {
                int row = moved.rows()[12 + i / 10 % 12];
                int column = moved.columns()[10 + i % 10];
                once[i] = row < 0 || column < 0 ? 0 : image[(i / 120 * 12 + row) * 10 + column];
            }
            assertThat(augmenter.augment(image, 0, 3, index)).isEqualTo(once);
        }
        assertThat(augmenter(EVERYTHING, SHAPE, 9).onlyMoves()).isFalse();
    }

    @Test
    void allTogetherLeaveTheSourceAsItWas() {
        byte[] before = pixels.clone();

        byte[] augmented = augmenter(EVERYTHING, SHAPE, 1).augment(pixels, SHAPE.size(), 0, 0);

        assertThat(pixels).isEqualTo(before);
        assertThat(augmented).hasSize(SHAPE.size()).isNotEqualTo(image);
    }

    @Test
    void noAugmentationIsTheImage() {
        assertThat(augmenter(List.of(), SHAPE, 1).augment(pixels, 0, 0, 0)).isEqualTo(image);
    }

    @Test
    void flippingTwiceIsTheImage() {
        Flip flip = new Flip(1);
        flip.apply(SHAPE, image, once, random);
        flip.apply(SHAPE, once, twice, random);

        assertThat(once).isNotEqualTo(image);
        assertThat(once[0]).isEqualTo(image[9]);
        assertThat(twice).isEqualTo(image);
    }

    @Test
    void flipHappensAsOftenAsItsProbability() {
        Flip flip = new Flip(0.3);
        int flipped = 0;
        for (int i = 0; i < 10_000; i++) {
            flip.apply(SHAPE, image, once, random);
            flipped += Arrays.equals(once, image) ? 0 : 1;
        }
        assertThat(flipped).isBetween(2_850, 3_150); // three standard deviations are 137
    }

    @Test
    void cropWithoutPaddingIsTheImage() {
        new PaddedCrop(PLACE, 0).apply(SHAPE, image, once, random);

        assertThat(once).isEqualTo(image);
    }

    @Test
    void cropEqualsCuttingFromAPaddedCopy() {
        for (int dy = -12; dy <= 12; dy++) {
            for (int dx = -10; dx <= 10; dx++) {
                new PaddedCrop(PLACE, 10).shift(SHAPE, image, once, dy, dx);
                for (int i = 0; i < image.length; i++) {
                    int y = i / 10 % 12 - dy;
                    int x = i % 10 - dx;
                    boolean inside = y >= 0 && y < 12 && x >= 0 && x < 10;
                    assertThat(once[i]).isEqualTo(inside ? image[(i / 120 * 12 + y) * 10 + x] : 0);
                }
            }
        }
    }

    @Test
    void contrastKeepsTheMeanOfAnImageThatIsNotClipped() {
        for (int i = 0; i < image.length; i++) {
            image[i] = (byte) (100 + i % 50);
        }
        for (int i = 0; i < 20; i++) {
            new Contrast(0.9).apply(SHAPE, image, once, random);
            assertThat(mean(once)).isCloseTo(mean(image), within(0.51));
        }
    }

    @Test
    void contrastOfColourIsAroundTheMeanOfItsGreyLevels() {
        ImageShape shape = new ImageShape(3, 1, 2);
        byte[] colour = {100, 110, 120, 100, 90, (byte) 130};
        int first = (int) (0.2989f * 100 + 0.587f * 120 + 0.114f * 90);
        int second = (int) (0.2989f * 110 + 0.587f * 100 + 0.114f * 130);
        byte[] expected = new byte[6];
        byte[] changed = new byte[6];
        for (int seed = 0; seed < 10; seed++) {
            random.restart(seed);
            Blend.apply(colour, expected, 6, random.uniform(0.2, 1.8), (first + second) / 2.0);
            random.restart(seed);
            new Contrast(0.8).apply(shape, colour, changed, random);
            assertThat(changed).isEqualTo(expected);
        }
    }

    @Test
    void brightnessOfNothingIsTheImageAndOfMuchIsClipped() {
        new Brightness(0).apply(SHAPE, image, once, random);
        Blend.apply(image, twice, image.length, 2, 0);

        assertThat(once).isEqualTo(image);
        for (int i = 0; i < image.length; i++) {
            assertThat(twice[i] & 0xff).isEqualTo(Math.min(255, 2 * (image[i] & 0xff)));
        }
    }

    @Test
    void cutoutBlackensAtMostASquareInEveryChannelAndNothingElse() {
        Arrays.fill(image, (byte) 9);
        int most = 0;
        for (int i = 0; i < 500; i++) {
            new Cutout(PLACE, 5).apply(SHAPE, image, once, random);
            int black = count(once, 0);
            most = Math.max(most, black);
            assertThat(black).isBetween(2 * 9, 2 * 25).isEven();
            assertThat(black + count(once, 9)).isEqualTo(image.length);
        }
        assertThat(most).isEqualTo(2 * 25);
    }

    @Test
    void randomErasingBlackensAnAreaWithinItsBounds() {
        Arrays.fill(image, (byte) 9);
        RandomErasing erasing = new RandomErasing(1, 0.1, 0.3, 0.5);
        for (int i = 0; i < 500; i++) {
            erasing.apply(SHAPE, image, once, random);
            // rounding both sides to whole pixels moves the area by less than their half perimeter
            assertThat(count(once, 0) / 2).isBetween((int) (0.1 * 120) - 6, (int) (0.3 * 120) + 10);
            assertThat(count(once, 0) + count(once, 9)).isEqualTo(image.length);
        }
    }

    @Test
    void suggestsTheNearestNameAndKey() {
        assertRefused(
                Map.of("name", "flipp"),
                "Cannot use augmentation flipp: there is none of that name. Did you mean flip? Set"
                        + " training.augmentation[0].name to one of affine, brightness, contrast, crop, cutout, flip,"
                        + " random-erasing, rotation.");
        assertRefused(
                Map.of("name", "flip", "probabilty", 0.2),
                "Cannot use augmentation flip: training.augmentation[0] has an unknown key probabilty. Did you mean"
                        + " probability? Its keys are probability.");
    }

    @Test
    void refusesMissingKeysAndWrongValues() {
        assertRefused(
                Map.of("name", "crop"),
                "Cannot use augmentation crop: training.augmentation[0].padding has no value. Set it to a whole number of"
                        + " at least 0.");
        assertRefused(
                Map.of("name", "cutout", "size", 11),
                "Cannot use augmentation cutout: training.augmentation[0].size is 11, the images are 2×12×10. Set it to"
                        + " at most 10.");
        assertRefused(
                Map.of("name", "affine", "smallest", 1.2, "largest", 0.8),
                "Cannot use augmentation affine: training.augmentation[0].largest is 0.8 and"
                        + " training.augmentation[0].smallest is 1.2. Set it to 1.2 or more, or smallest to at most 0.8.");
        assertRefused(
                Map.of("name", "brightness", "amount", "much"),
                "Cannot use augmentation brightness: training.augmentation[0].amount is much. Set it to 0 to 1.");
        assertRefused(
                Map.of("padding", 2),
                "Cannot use augmentation without a name: there is none of that name. Set training.augmentation[0].name to"
                        + " one of affine, brightness, contrast, crop, cutout, flip, random-erasing, rotation.");
    }

    private static void assertRefused(Map<String, Object> one, String message) {
        assertThatThrownBy(() -> augmenter(List.of(one), SHAPE, 1))
                .isInstanceOf(UserException.class)
                .hasMessage(message);
    }

    private static ImageAugmenter augmenter(List<Map<String, Object>> list, ImageShape shape, long seed) {
        return new ImageAugmenter(Augmentation.read(keys(list)), shape, seed);
    }

    private static List<Keys> keys(List<Map<String, Object>> list) {
        return Keys.of("training", Map.of("augmentation", list)).groups("augmentation", "a list");
    }

    private static List<Map<String, Object>> each() {
        return EVERYTHING;
    }

    private static double mean(byte[] image) {
        int sum = 0;
        for (byte pixel : image) {
            sum += pixel & 0xff;
        }
        return (double) sum / image.length;
    }

    private static int count(byte[] image, int value) {
        int count = 0;
        for (byte pixel : image) {
            count += (pixel & 0xff) == value ? 1 : 0;
        }
        return count;
    }
}
