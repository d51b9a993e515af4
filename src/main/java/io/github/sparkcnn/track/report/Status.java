package io.github.sparkcnn.track.report;

import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.OptionalInt;

/**
 * What the page of a run says that has not come to its end.
 *
 * @param text one sentence or two
 * @param reloadSeconds after which a browser reads the page again, from wherever it is; empty where nothing more will come
 */
public record Status(String text, OptionalInt reloadSeconds) {

    /** After which a page that goes on is read again. */
    public static final int RELOAD_SECONDS = 10;

    /** When it is said, for who finds it later: the process may have been killed since. */
    public static String asOfNow() {
        return "as of " + LocalTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS) + " UTC";
    }

    /** More will come. */
    public static Status running(String text, int reloadSeconds) {
        return new Status(
                text + " This page reads itself again every " + reloadSeconds + " seconds until the run has ended.",
                OptionalInt.of(reloadSeconds));
    }

    /** Nothing more will come. */
    public static Status over(String text) {
        return new Status(text, OptionalInt.empty());
    }
}
