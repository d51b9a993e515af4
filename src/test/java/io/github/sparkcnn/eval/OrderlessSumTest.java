package io.github.sparkcnn.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OrderlessSumTest {

    private static final int TERMS = 10_000;

    private final Random random = new Random(1);

    @Test
    void isTheSameInWhateverOrderAndWithWhateverParts() {
        List<Double> terms = terms();
        OrderlessSum inOrder = sum(terms);
        OrderlessSum backwardsInParts = new OrderlessSum();
        for (int from = TERMS - 100; from >= 0; from -= 100) {
            backwardsInParts.merge(sum(terms.subList(from, from + 100)));
        }

        assertThat(backwardsInParts.value()).isEqualTo(inOrder.value());
    }

    @Test
    void equalsTheExactSum() {
        List<Double> terms = terms();
        BigDecimal exact = terms.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);

        assertThat(sum(terms).value()).isCloseTo(exact.doubleValue(), within(TERMS * 0x1p-50));
    }

    /** Losses from −log(1 + 10⁻⁶), which rounding makes possible, to −log(10⁻¹⁰). */
    private List<Double> terms() {
        return random.doubles(TERMS, 1e-10, 1 + 1e-6)
                .map(probability -> -Math.log(probability))
                .boxed()
                .collect(Collectors.toList());
    }

    private static OrderlessSum sum(List<Double> terms) {
        OrderlessSum sum = new OrderlessSum();
        terms.forEach(sum::add);
        return sum;
    }
}
