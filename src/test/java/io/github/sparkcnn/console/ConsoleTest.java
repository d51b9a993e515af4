package io.github.sparkcnn.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ConsoleTest {

    private static final String ERASE = "\r\u001b[K";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void aLineThatStaysErasesTheDrawnOne() {
        Console console = new Console(new PrintStream(out, true, UTF_8), true);

        console.draw("half");
        console.draw("more");
        console.line("Epoch 1/2");
        console.line("Epoch 2/2");

        assertThat(out.toString(UTF_8)).isEqualTo(ERASE + "half" + ERASE + "more" + ERASE + "Epoch 1/2\nEpoch 2/2\n");
    }

    @Test
    void nothingIsDrawnInALog() {
        Console console = new Console(new PrintStream(out, true, UTF_8), false);

        console.draw("half");
        console.line("Epoch 1/2");
        console.close();

        assertThat(out.toString(UTF_8)).isEqualTo("Epoch 1/2\n");
    }

    @Test
    void aDrawnLineFitsATerminal() {
        Console console = new Console(new PrintStream(out, true, UTF_8), true);

        console.draw("x".repeat(200));
        console.close();

        assertThat(out.toString(UTF_8)).isEqualTo(ERASE + "x".repeat(79) + ERASE);
    }
}
