package io.github.sparkcnn.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.BatchSize;
import java.util.List;
import org.junit.jupiter.api.Test;

class SameBatchTest {

    @Test
    void aTotalThatIsTooLargeIsBlamedOnTheKeyThatTheUserSet() {
        BatchSize most = new BatchSize(Integer.MAX_VALUE, false);

        assertThat(SameBatch.TOTAL.settings(most, List.of(1, 2)))
                .containsExactly("training.batch-size=null", "training.total-batch-size=2147483647");
        assertThatThrownBy(() -> SameBatch.TOTAL.settings(most, List.of(2, 4)))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot compare 4 workers with the same total batch: training.batch-size is 2147483647, so"
                        + " that a step has 4294967294 images with 2 workers, more than 2147483647. Lower"
                        + " training.batch-size, or use --batch worker.");
    }
}
