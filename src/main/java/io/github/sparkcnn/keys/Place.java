package io.github.sparkcnn.keys;

import io.github.sparkcnn.UserException;
import java.io.Serializable;

/**
 * Where keys stand, for messages about them; a part whose keys can be found wrong only later (once the images are known) keeps it.
 *
 * @param action what fails with a wrong key, without "Cannot": {@code use schedule step}
 * @param path of the group that the keys are in: {@code training.schedule}; empty for the whole configuration
 */
public record Place(String action, String path) implements Serializable {

    /** The key's whole path. */
    public String key(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /**
     * The error for a wrong value.
     *
     * @param what is wrong, after the key's path: {@code is 11, the images are 2×12×10}
     * @param wanted what to set the key to: {@code at most 10}
     */
    public UserException wrong(String name, String what, String wanted) {
        return new UserException(action, key(name) + " " + what, "Set it to " + wanted);
    }
}
