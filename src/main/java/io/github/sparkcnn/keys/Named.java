package io.github.sparkcnn.keys;

/** A part that a configuration chooses by a word: an architecture, an augmentation, a schedule, a format, an engine. */
public interface Named {

    /** The word, in kebab case: {@code fashion-cnn}. */
    String name();
}
