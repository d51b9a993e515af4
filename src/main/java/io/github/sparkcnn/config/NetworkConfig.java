package io.github.sparkcnn.config;

/** The keys {@code network.*}: which architecture is trained. */
public record NetworkConfig(String name) {

    static NetworkConfig of(Keys keys) {
        return new NetworkConfig(keys.string("name"));
    }
}
