package io.github.sparkcnn.train.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderedListenersTest {

    private final List<String> heard = new ArrayList<>();

    @Test
    void eachHearsOfTheEndAlsoWhereOneBeforeHasFailed() {
        IllegalStateException first = new IllegalStateException("the page is gone");
        Error second = new LinkageError("a library is gone");
        OrderedListeners all = new OrderedListeners(
                List.of(listener("a", null), listener("b", first), listener("c", second), listener("d", null)));

        assertThatThrownBy(all::ended).isSameAs(first).hasSuppressedException(second);
        assertThat(heard).containsExactly("a", "b", "c", "d");
    }

    private TrainingListener listener(String name, Throwable failure) {
        return new TrainingListener() {
            @Override
            public void ended() {
                heard.add(name);
                if (failure instanceof Error error) {
                    throw error;
                }
                if (failure != null) {
                    throw (RuntimeException) failure;
                }
            }
        };
    }
}
