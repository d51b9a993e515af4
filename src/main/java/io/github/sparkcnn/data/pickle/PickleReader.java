package io.github.sparkcnn.data.pickle;

import io.github.sparkcnn.UserException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Interprets a pickle of protocol 0 to 2 (Python's Lib/pickletools.py describes the opcodes) that holds tuples and lists of
 * numbers, texts and NumPy arrays. Every other opcode is refused with its place, and of Python's functions only those that make
 * an array are known, as names: reading a pickle runs no code.
 *
 * <p>Texts of Python 2 and bytes are {@code byte[]}; texts of Python 3 are {@code String}; tuples and lists are {@code List}.
 */
final class PickleReader {

    private static final Object MARK = new Object();
    private static final int NEWEST_PROTOCOL = 2;

    private final PickleStream in;
    private final Deque<Object> stack = new ArrayDeque<>();
    private final Map<Long, Object> memo = new HashMap<>();

    private PickleReader(PickleStream in) {
        this.in = in;
    }

    /**
     * Reads one object.
     *
     * @param source for messages
     * @throws UserException for an opcode or a function that is not allowed, and for a pickle that is cut off
     */
    static Object read(InputStream in, String source) throws IOException {
        PickleStream stream = new PickleStream(in, source);
        try {
            return new PickleReader(stream).read();
        } catch (EOFException e) {
            throw stream.refusal("it is cut off after " + stream.offset() + " bytes");
        } catch (ClassCastException
                | IndexOutOfBoundsException
                | NumberFormatException
                | UnsupportedOperationException e) {
            throw stream.refusal("it is no valid pickle at byte " + stream.offset());
        }
    }

    private Object read() throws IOException {
        for (int opcode = in.next(); opcode != '.'; opcode = in.next()) {
            if (!(number(opcode) || text(opcode) || structure(opcode) || memo(opcode))) {
                object(opcode);
            }
        }
        in.requireEnd();
        return pop();
    }

    private boolean number(int opcode) throws IOException {
        switch (opcode) {
            case 'N' -> push(Nothing.NONE);
            case 0x88 -> push(true);
            case 0x89 -> push(false);
            case 'K' -> push(in.unsigned(1));
            case 'M' -> push(in.unsigned(2));
            case 'J' -> push((long) (int) in.unsigned(4));
            case 0x8a -> push(little(in.bytes(in.unsigned(1))));
            case 'L' -> push(Long.parseLong(in.text().replace("L", "")));
            case 'I' -> push(integer(in.text()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean text(int opcode) throws IOException {
        switch (opcode) {
            case 'S' -> push(PythonText.unquoted(in.line()));
            case 'U' -> push(in.bytes(in.unsigned(1)));
            case 'T' -> push(in.bytes(in.unsigned(4)));
            case 'V' -> push(PythonText.rawUnicode(in.line()));
            case 'X' -> push(new String(in.bytes(in.unsigned(4)), StandardCharsets.UTF_8));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean structure(int opcode) {
        switch (opcode) {
            case '(' -> push(MARK);
            case '0' -> pop();
            case ')' -> push(List.of());
            case ']' -> push(new ArrayList<>());
            case 't', 'l' -> push(toMark());
            case 0x85 -> push(last(1));
            case 0x86 -> push(last(2));
            case 0x87 -> push(last(3));
            case 'a' -> list(last(1));
            case 'e' -> list(toMark());
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean memo(int opcode) throws IOException {
        switch (opcode) {
            case 'p' -> memo.put(Long.parseLong(in.text()), top());
            case 'q' -> memo.put(in.unsigned(1), top());
            case 'r' -> memo.put(in.unsigned(4), top());
            case 'g' -> push(remembered(Long.parseLong(in.text())));
            case 'h' -> push(remembered(in.unsigned(1)));
            case 'j' -> push(remembered(in.unsigned(4)));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void object(int opcode) throws IOException {
        long at = in.offset() - 1;
        switch (opcode) {
            case 0x80 -> {
                int protocol = in.next();
                if (protocol > NEWEST_PROTOCOL) {
                    throw in.refusal("it has pickle protocol " + protocol + ", not 0 to " + NEWEST_PROTOCOL);
                }
            }
            case 'c' -> {
                String name = in.text() + "." + in.text();
                push(NumpyFunction.named(name)
                        .orElseThrow(() -> in.refusal(
                                "at byte " + at + " it asks for " + name + ", and only NumPy's arrays are allowed")));
            }
            case 'R' -> {
                List<Object> arguments = list(pop(), at);
                NumpyFunction function = (NumpyFunction) pop();
                push(function.call(arguments));
            }
            case 'b' -> {
                List<Object> state = list(pop(), at);
                NumpyFunction.setState(top(), state);
            }
            default ->
                throw in.refusal(
                        "at byte " + at + " is the opcode 0x" + HexFormat.of().toHexDigits((byte) opcode) + " ("
                                + (opcode >= ' ' && opcode < 127 ? "'" + (char) opcode + "'" : "not a letter")
                                + "), which no array needs");
        }
    }

    @SuppressWarnings("unchecked") // only lists of objects are ever pushed
    private List<Object> list(Object value, long at) {
        if (value instanceof List<?> list) {
            return (List<Object>) list;
        }
        throw in.refusal("at byte " + at + " is no tuple where one has to be");
    }

    private void list(List<Object> elements) {
        list(top(), in.offset()).addAll(elements);
    }

    private void push(Object value) {
        stack.push(value);
    }

    private Object pop() {
        if (stack.isEmpty()) {
            throw in.refusal("it is no valid pickle at byte " + in.offset());
        }
        return stack.pop();
    }

    private Object top() {
        Object value = pop();
        push(value);
        return value;
    }

    private List<Object> last(int count) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(pop());
        }
        Collections.reverse(values);
        return values;
    }

    private List<Object> toMark() {
        List<Object> values = new ArrayList<>();
        for (Object value = pop(); value != MARK; value = pop()) {
            values.add(value);
        }
        Collections.reverse(values);
        return values;
    }

    private Object remembered(long key) {
        Object value = memo.get(key);
        if (value == null) {
            throw in.refusal("before byte " + in.offset() + " it refers to an object that is not there");
        }
        return value;
    }

    private static Object integer(String text) {
        return switch (text) {
            case "00" -> false;
            case "01" -> true;
            default -> Long.parseLong(text);
        };
    }

    private static long little(byte[] bytes) {
        if (bytes.length > Long.BYTES) {
            throw new NumberFormatException(bytes.length + " bytes");
        }
        byte[] big = new byte[bytes.length];
        for (int i = 0; i < big.length; i++) {
            big[i] = bytes[bytes.length - 1 - i];
        }
        return bytes.length == 0 ? 0 : new BigInteger(big).longValue();
    }

    /** Python's None. */
    enum Nothing {
        NONE
    }
}
