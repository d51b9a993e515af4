package io.github.sparkcnn.keys;

import io.github.sparkcnn.UserException;
import java.util.List;
import java.util.SortedSet;

/** The errors for a key that nobody has read, with what it probably meant. */
final class UnknownKey {

    private UnknownKey() {}

    static UserException ofConfiguration(Place place, String name, SortedSet<String> known) {
        List<String> keys = known.stream().map(place::key).toList();
        String all = "All keys are in conf/reference.conf";
        return new UserException(
                place.action(),
                "there is no key " + place.key(name),
                Nearest.of(place.key(name), keys)
                        .map(near -> "Did you mean " + near + "? " + all)
                        .orElse(all));
    }

    static UserException ofPart(Place place, String name, SortedSet<String> known) {
        String keys = known.isEmpty() ? "t takes no key" : "ts keys are " + String.join(", ", known);
        return new UserException(
                place.action(),
                place.path() + " has an unknown key " + name,
                Nearest.of(name, known)
                        .map(near -> "Did you mean " + near + "? I" + keys)
                        .orElse("Remove it: i" + keys));
    }
}
