package io.github.sparkcnn.data.pickle;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Python's two ways to write a text on a line. */
final class PythonText {

    private PythonText() {}

    /** {@code repr} of a str of Python 2: quotes, and escapes that begin with a backslash. */
    static byte[] unquoted(byte[] line) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        int i = 1;
        while (i < line.length - 1) {
            int escape = line[i] == '\\' ? line[i + 1] : 0;
            switch (escape) {
                case 0 -> text.write(line[i]);
                case 'n' -> text.write('\n');
                case 'r' -> text.write('\r');
                case 't' -> text.write('\t');
                case 'x' -> text.write(hexadecimal(line, i + 2, 2));
                default -> text.write(escape);
            }
            i += escape == 0 ? 1 : escape == 'x' ? 4 : 2;
        }
        return text.toByteArray();
    }

    /** Latin-1 with escapes of four hexadecimal digits. */
    static String rawUnicode(byte[] line) {
        StringBuilder text = new StringBuilder();
        int i = 0;
        while (i < line.length) {
            boolean escape = line[i] == '\\' && i + 5 < line.length && line[i + 1] == 'u';
            text.append((char) (escape ? hexadecimal(line, i + 2, 4) : line[i] & 0xff));
            i += escape ? 6 : 1;
        }
        return text.toString();
    }

    private static int hexadecimal(byte[] line, int from, int digits) {
        return Integer.parseInt(new String(line, from, digits, StandardCharsets.ISO_8859_1), 16);
    }
}
