package io.github.sparkcnn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class VisibleTest {

    @Test
    void anExceptionWithoutAMessageIsToldByItsKind() {
        assertThat(Visible.firstLine(new EOFException())).isEqualTo("EOFException");
        assertThat(Visible.firstLine(new IOException(""))).isEqualTo("IOException");
        assertThat(Visible.firstLine(new IOException("disk gone\nat block 7"))).isEqualTo("disk gone");
    }

    @Test
    void whatATerminalWouldObeyIsWrittenOut() {
        assertThat(Visible.line("a\u001b[31m\nb\u2028")).isEqualTo("a\\u001b[31m\\u000ab\\u2028");
        assertThat(Visible.line("Kätzchen")).isEqualTo("Kätzchen");
    }
}
