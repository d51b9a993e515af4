package io.github.sparkcnn.data.format;

import io.github.sparkcnn.UserException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What a format can tell after the images have been read. */
public interface Diagnosis {

    /** A better account of a failure, from another look at the files. */
    default Optional<UserException> explain(UserException failure) {
        return Optional.empty();
    }

    /** What was left out so far. */
    default Optional<Dropped> dropped() {
        return Optional.empty();
    }

    /** What is odd in the files and keeps nobody from reading them, in a sentence each. */
    default List<String> notices() {
        return List.of();
    }

    /** All that there is to tell of the images of a path: what is odd, and what was left out. */
    default List<String> notices(String path) {
        return Stream.concat(
                        notices().stream(),
                        dropped()
                                .map(some -> "Dropped " + some.count() + " malformed " + some.what() + " of " + path
                                        + "; the first: " + some.first())
                                .stream())
                .toList();
    }

    /** Does work that reads the images, and turns its failure into what there is to say of it. */
    default <T> T told(Supplier<T> work) {
        try {
            return work.get();
        } catch (UserException e) {
            throw e;
        } catch (Exception e) { // Spark's failures are checked exceptions that Scala does not declare
            RuntimeException root = BadImages.rootOf(e);
            throw root instanceof UserException mistake ? explain(mistake).orElse(mistake) : root;
        }
    }

    /**
     * What {@code data.malformed = drop} left out.
     *
     * @param what was counted, in words: {@code rows}, {@code files}
     * @param first where the first one is and what is wrong with it
     */
    record Dropped(long count, String what, String first) {}

    /** Nothing to tell. */
    Diagnosis NONE = new Diagnosis() {};
}
