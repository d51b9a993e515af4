package io.github.sparkcnn.kernel.torch.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.kernel.step.Step;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No step without an operation. */
class OperationsTest {

    @Test
    void knowsEveryKindOfStep() {
        assertThat(new Operations(null, null, null).known())
                .containsExactlyInAnyOrderElementsOf(kinds(Step.class).toList());
    }

    @SuppressWarnings("unchecked")
    private static Stream<Class<? extends Step>> kinds(Class<? extends Step> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses())
                        .flatMap(each -> kinds((Class<? extends Step>) each))
                        .distinct()
                : Stream.of(type);
    }
}
