package io.github.sparkcnn.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
import java.nio.ByteBuffer;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.junit.jupiter.api.Test;

/** What the fuzzed readers are held to is noticed where it is not kept. */
class PropertyTest {

    private static final int TOO_MUCH = 256 << 20;

    private Object held;

    /** Reads one byte. */
    private record Culprit(Crime crime) implements OutsideReader {
        @Override
        public String name() {
            return "culprit";
        }

        @Override
        public List<byte[]> seeds() {
            return List.of(new byte[1]);
        }

        @Override
        public void read(byte[] input) throws Exception {
            crime.commit();
        }
    }

    private interface Crime {
        void commit() throws Exception;
    }

    private static void hold(Crime crime) {
        Property.hold(new Culprit(crime), new byte[1]);
    }

    @Test
    void memoryThatNoByteAsksForIsNoticedWhereverItLies() {
        assertThatThrownBy(() -> hold(() -> held = new byte[TOO_MUCH]))
                .isInstanceOf(AssertionError.class)
                .hasMessageMatching("culprit takes \\d+ bytes of the heap for 1");
        assertThatThrownBy(() -> hold(() -> held = ByteBuffer.allocateDirect(TOO_MUCH)))
                .isInstanceOf(AssertionError.class)
                .hasMessageMatching("culprit takes \\d+ bytes outside the heap for 1");
        assertThatThrownBy(() -> hold(() -> held = new BytePointer((long) TOO_MUCH)))
                .isInstanceOf(AssertionError.class)
                .hasMessageMatching("culprit takes \\d+ bytes outside the heap for 1");
        assertThat(held).isInstanceOf(BytePointer.class);
    }

    @Test
    void whatEscapesAndWhatIsNoLineIsNoticed() {
        assertThatThrownBy(() -> hold(() -> {
                    throw new IllegalStateException("of the reader's own");
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessage("culprit lets escape java.lang.IllegalStateException: of the reader's own");
        assertThatThrownBy(() -> hold(() -> {
                    throw UserException.told("Cannot be bothered");
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("culprit says it in no line of three parts: ");
        assertThatThrownBy(() -> hold(Alarm::ring))
                .isInstanceOf(AssertionError.class)
                .hasMessage("culprit runs a class that its input names");
        assertThatCode(() -> hold(() -> {})).doesNotThrowAnyException();
    }
}
