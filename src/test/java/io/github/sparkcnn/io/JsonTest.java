package io.github.sparkcnn.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class JsonTest {

    record Answer(int number, boolean isFinal) {
        public boolean isEven() {
            return number % 2 == 0;
        }
    }

    @Test
    void aRecordIsItsComponentsAndReadBackWhateverElseItCanBeAsked() throws IOException {
        Answer answer = new Answer(42, true);

        assertThat(Json.line(answer)).isEqualTo("{\"number\":42,\"isFinal\":true}");
        assertThat(Json.read(Json.line(answer).getBytes(UTF_8), Answer.class)).isEqualTo(answer);
        assertThat(Json.read(Json.page(answer).getBytes(UTF_8), Answer.class)).isEqualTo(answer);
    }

    @Test
    void saysOnOneLineWhatIsWrong() {
        assertThatThrownBy(() -> Json.read("null".getBytes(UTF_8), Answer.class))
                .isInstanceOf(IOException.class)
                .hasMessage("it is null, no Answer");
        assertThatThrownBy(() -> Json.read("{\"number\":1,\n\"odd\":2}".getBytes(UTF_8), Answer.class))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Unrecognized field \"odd\"")
                .hasMessageNotContaining("\n");
    }
}
