package io.github.sparkcnn.network;

import java.io.IOException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.nd4j.shade.jackson.core.JsonFactory;
import org.nd4j.shade.jackson.core.JsonParser;
import org.nd4j.shade.jackson.core.JsonToken;

/**
 * The classes that Deeplearning4j's JSON names. Its Jackson loads and begins to run whatever class of the class path a file names,
 * before it sees that this is no layer; and it reads groups within groups until the stack is full.
 */
public final class NamedClasses {
    private static final String KEY = "@class";
    private static final Pattern NAME = Pattern.compile("[\\w$.]+");
    private static final int MOST_NESTED = 500;

    private NamedClasses() {}

    /**
     * Refuses JSON that names a class which is neither Deeplearning4j's nor an extension of one of its own.
     *
     * @throws IOException saying so in one line, or what is no JSON
     */
    public static void require(String json) throws IOException {
        int depth = 0;
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (depth > MOST_NESTED) {
                    throw new IOException("its JSON is nested deeper than " + MOST_NESTED);
                }
                if (token == JsonToken.VALUE_STRING && KEY.equals(parser.getCurrentName())) {
                    requirePart(parser.getText());
                }
            }
        }
    }

    private static void requirePart(String name) throws IOException {
        if (!NAME.matcher(name).matches()) {
            throw new IOException("its JSON names the class " + name + ", which is no name of one");
        }
        try {
            Class<?> named = Class.forName(name, false, Thread.currentThread().getContextClassLoader());
            if (!isPart(named)) {
                throw new IOException("its JSON names the class " + name + ", which is no part of a network");
            }
        } catch (ClassNotFoundException | LinkageError e) {
            return; // who reads it says which jar is missing
        }
    }

    private static boolean isPart(Class<?> type) {
        return type != null
                && (type.getName().startsWith("org.deeplearning4j.")
                        || type.getName().startsWith("org.nd4j.")
                        || isPart(type.getSuperclass())
                        || Stream.of(type.getInterfaces()).anyMatch(NamedClasses::isPart));
    }
}
