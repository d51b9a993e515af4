package io.github.sparkcnn.allreduce;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExchangeTest {

    /** fashion-cnn's parameters and Adam's moments, and 25 million parameters'. */
    @ParameterizedTest
    @CsvSource({
        "2,0,RING",
        "3,0,RING",
        "4,0,RING",
        "4,1746078,RING",
        "5,0,HALVING",
        "5,1746078,HALVING",
        "5,75000000,RING",
        "8,1746078,HALVING",
        "8,75000000,RING",
        "9,1746078,HALVING",
        "32,1746078,HALVING",
        "32,75000000,RING",
        "128,75000000,HALVING"
    })
    void isChosenByWorkersAndFloats(int size, long length, Exchange exchange) {
        assertThat(Exchange.cheaper(size, length)).isEqualTo(exchange);
    }

    @Test
    void saysWhomAWorkerHasToKnow() {
        assertThat(Exchange.distances(2)).containsExactly(1);
        assertThat(Exchange.distances(4)).containsExactly(1);
        assertThat(Exchange.distances(5)).containsExactly(3, 2, 1);
        assertThat(Exchange.distances(8)).containsExactly(4, 2, 1);
        assertThat(Exchange.distances(17)).containsExactly(9, 5, 3, 2, 1);
    }
}
