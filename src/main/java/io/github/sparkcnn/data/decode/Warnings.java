package io.github.sparkcnn.data.decode;

import io.github.sparkcnn.image.MalformedImage;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/** What a reader only warns of and then fills with grey: data that are cut short or damaged. */
final class Warnings implements IIOReadWarningListener {
    private String first = "";

    @Override
    public void warningOccurred(ImageReader source, String warning) {
        // Cameras leave bytes between segments.
        boolean harmless = warning.contains("extraneous") || !warning.matches("(?is).*(premature|truncated|corrupt).*");
        if (first.isEmpty() && !harmless) {
            first = warning;
        }
    }

    void clear() {
        first = "";
    }

    void require() {
        if (!first.isEmpty()) {
            boolean isCut = first.matches("(?is).*(premature end of (input|jpeg) file|truncated).*");
            throw new MalformedImage(isCut ? "is cut short" : "is damaged: " + first.replaceAll("\\s+", " "));
        }
    }
}
