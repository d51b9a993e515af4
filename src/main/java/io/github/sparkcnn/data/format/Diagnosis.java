package io.github.sparkcnn.data.format;

import io.github.sparkcnn.UserException;
import java.util.Optional;

/** What a format can tell after the images have been read. */
public interface Diagnosis {

    /** A better account of a failure, from another look at the files. */
    Optional<UserException> explain(UserException failure);

    /** What was left out so far. */
    Optional<Dropped> dropped();

    /**
     * Rows that {@code data.malformed = drop} left out.
     *
     * @param first where the first one is and what is wrong with it
     */
    record Dropped(long rows, String first) {
        /** What is told of it to the user who named this path. */
        public String notice(String path) {
            return "Dropped " + rows + " malformed rows of " + path + "; the first: " + first;
        }
    }

    /** Nothing to tell. */
    Diagnosis NONE = new Diagnosis() {
        @Override
        public Optional<UserException> explain(UserException failure) {
            return Optional.empty();
        }

        @Override
        public Optional<Dropped> dropped() {
            return Optional.empty();
        }
    };
}
