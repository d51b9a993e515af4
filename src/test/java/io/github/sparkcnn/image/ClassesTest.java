package io.github.sparkcnn.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassesTest {

    @Test
    void namesAreWrittenByPositionOrByThemselves() {
        Classes classes = Classes.named(List.of("dog", "cat"));

        assertThat(classes.byWriting()).containsEntry("0", 0);
        assertThat(classes.byWriting()).containsEntry("cat", 1);
        assertThat(classes.byWriting()).doesNotContainKey("bird");
        assertThat(classes.areNumbered()).isTrue();
    }

    @Test
    void numbersStandForThemselves() {
        Classes classes = Classes.named(List.of("3", "7", "-1"));

        assertThat(classes.byWriting()).containsEntry("7", 1);
        assertThat(classes.byWriting()).containsEntry("-1", 2);
        assertThat(classes.byWriting()).doesNotContainKey("0");
        assertThat(classes.areNumbered()).isFalse();
    }

    @Test
    void occurringValuesAreOrderedByTheirSizeThenByTheirCharacters() {
        Classes classes = Classes.ofValues(List.of("b", "10", "9", "a", "9", "-2"));

        assertThat(classes.names()).containsExactly("-2", "9", "10", "a", "b");
    }

    @Test
    void aValueMayHaveAnotherName() {
        Classes classes = Classes.ofNames(Map.of("10", "ten", "9", "nine"));

        assertThat(classes.names()).containsExactly("nine", "ten");
        assertThat(classes.byWriting())
                .containsEntry("9", 0)
                .containsEntry("ten", 1)
                .hasSize(4);
    }

    @Test
    void saysWhatThereIs() {
        assertThat(Classes.numbered(10).refusal()).isEqualTo("outside 0..9");
        assertThat(Classes.named(List.of("1", "5")).refusal()).isEqualTo("none of 1, 5");
    }

    @Test
    void refusesOneValueOfTwoClasses() {
        assertThatThrownBy(() -> new Classes(List.of("a", "b"), List.of("1", "1")))
                .hasMessageContaining("two classes have one value");
    }
}
