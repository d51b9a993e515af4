package io.github.sparkcnn.console;

import java.io.PrintStream;

/** Lines that stay and, on a terminal only, one below them that is drawn over and over. For any number of threads. */
public final class Console implements AutoCloseable {

    private static final String ERASE_LINE = "\r\u001b[K";
    /** A longer line would go on in the next one, where it could not be erased. */
    private static final int WIDTH = 79;

    private final PrintStream out;
    private final boolean terminal;
    private boolean drawn;

    /** Draws if {@code terminal} says that someone is looking. */
    public Console(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Standard output; a terminal if both it and standard input are one. */
    @SuppressWarnings("SystemConsoleNull") // this is Java 17, where it is null without a terminal
    public static Console standard() {
        return new Console(System.out, System.console() != null);
    }

    /** Whether someone is looking. */
    public boolean isTerminal() {
        return terminal;
    }

    /** A line that stays. */
    public synchronized void line(String text) {
        erase();
        out.println(text);
    }

    /** Draws the last line anew, where there is a terminal. */
    public synchronized void draw(String text) {
        if (terminal) {
            out.print(ERASE_LINE + text.substring(0, Math.min(text.length(), WIDTH)));
            out.flush();
            drawn = true;
        }
    }

    /** Leaves only what stays. */
    public synchronized void erase() {
        if (drawn) {
            out.print(ERASE_LINE);
            out.flush();
            drawn = false;
        }
    }

    @Override
    public void close() {
        erase();
    }
}
