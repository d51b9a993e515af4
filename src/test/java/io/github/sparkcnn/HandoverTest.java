package io.github.sparkcnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandoverTest {

    /** A file that says whether it is closed. */
    private static final class File extends ByteArrayInputStream {
        private final boolean closes;
        private boolean closed;

        File(boolean closes) {
            super(new byte[] {7});
            this.closes = closes;
        }

        @Override
        public void close() throws IOException {
            closed = true;
            if (!closes) {
                throw new IOException("cannot be closed");
            }
        }
    }

    @Test
    void whatIsTakenStaysOpen() throws Exception {
        File file = new File(true);

        assertThat(Handover.<File, Integer>of(file, InputStream::read)).isEqualTo(7);

        assertThat(file.closed).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsNotTakenIsClosedAndTheReasonIsTheFirst(boolean closes) {
        for (Throwable reason : new Throwable[] {
            new IOException("cut off"),
            new UserException("read it", "it is none", "Name another"),
            new StackOverflowError()
        }) {
            File file = new File(closes);

            assertThatThrownBy(() -> Handover.of(file, any -> {
                        throw thrown(reason);
                    }))
                    .isSameAs(reason)
                    .satisfies(thrown -> assertThat(thrown.getSuppressed()).hasSize(closes ? 0 : 1));

            assertThat(file.closed).isTrue();
        }
    }

    private static IOException thrown(Throwable reason) {
        if (reason instanceof Error error) {
            throw error;
        }
        if (reason instanceof RuntimeException exception) {
            throw exception;
        }
        return (IOException) reason;
    }
}
