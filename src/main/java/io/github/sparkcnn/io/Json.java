package io.github.sparkcnn.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** JSON as this project writes it. */
public final class Json {

    /** A record's components, not what else it can be asked. */
    private static final ObjectMapper LINE =
            JsonMapper.builder().disable(MapperFeature.AUTO_DETECT_IS_GETTERS).build();

    private static final ObjectMapper PAGE = LINE.copy().enable(SerializationFeature.INDENT_OUTPUT);

    private Json() {}

    /** On one line, for a file with a record a line. */
    public static String line(Object value) {
        return write(LINE, value);
    }

    /** Indented, for people. */
    public static String page(Object value) {
        return write(PAGE, value) + "\n";
    }

    /**
     * Reads what {@link #page} or {@link #line} wrote.
     *
     * @throws IOException saying on one line what is wrong with it
     */
    public static <T> T read(byte[] json, Class<T> type) throws IOException {
        try {
            T value = LINE.readValue(json, type);
            if (value == null) {
                throw new IOException("it is null, no " + type.getSimpleName());
            }
            return value;
        } catch (JsonProcessingException e) { // its message goes on with the text around the place, on lines of its own
            throw new IOException(
                    e.getOriginalMessage().lines().findFirst().orElse("it is no " + type.getSimpleName()), e);
        }
    }

    /**
     * A copy of what a record was read with, by name. What is missing is found where it is read, not where it is used: JSON that was
     * damaged, or written by hand, may lack any of it.
     *
     * @param what it is, for the message
     * @throws NullPointerException saying what is missing; {@link #read} makes an IOException of it
     */
    public static <T> SortedMap<String, T> whole(Map<String, T> read, String what) {
        SortedMap<String, T> whole = new TreeMap<>(Objects.requireNonNull(read, () -> "it has no " + what));
        whole.forEach((name, value) -> Objects.requireNonNull(value, () -> what + " has no value for " + name));
        return whole;
    }

    private static String write(ObjectMapper mapper, Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot write " + value.getClass() + " as JSON", e);
        }
    }
}
