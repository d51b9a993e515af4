package io.github.sparkcnn.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void wordsStandLeftAndFiguresRight() {
        assertThat(TextTable.lines(List.of("layer", "n"), List.of(List.of("a", "1,000"), List.of("longer", "")), 1))
                .containsExactly("layer       n", "a       1,000", "longer");
    }
}
