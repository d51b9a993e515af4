package io.github.sparkcnn;

import java.io.IOException;
import java.io.UncheckedIOException;

/** A file, or what stands for one, with which a thing could not be done: {@code cannot read train.csv: Input/output error}. */
public final class FileException extends UncheckedIOException {
    private static final long serialVersionUID = 1L;

    private final String action;

    /**
     * @param verb what could not be done: {@code read}
     * @param file its path, or the name it has to the user
     * @param cause why, of which the message has the first line
     */
    public FileException(String verb, Object file, IOException cause) {
        super("cannot " + verb + " " + file + ": " + Visible.firstLine(cause), cause);
        action = verb + " " + file;
    }

    /** The verb and the file, as a {@link UserException} has them. */
    public String action() {
        return action;
    }
}
