package io.github.sparkcnn.track.report;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** Elements that are HTML and well-formed XML at once. */
final class Markup {

    private Markup() {}

    /** An element around content that is markup already. */
    static String tag(String name, String content) {
        return "<" + name + ">" + content + "</" + name + ">";
    }

    /** An element with attributes, written out: {@code class="x"}. */
    static String tag(String name, String attributes, String content) {
        return "<" + name + " " + attributes + ">" + content + "</" + name + ">";
    }

    /** An element without content. */
    static String empty(String name, String attributes) {
        return "<" + name + " " + attributes + "/>";
    }

    /** Text as content or attribute value. Control characters, which XML has no place for, become a replacement mark. */
    static String text(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\t\n\r]]", "\ufffd")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    static String number(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    static String lines(Collection<String> parts) {
        return parts.stream().collect(Collectors.joining("\n"));
    }
}
