package io.github.sparkcnn.image;

import io.github.sparkcnn.Visible;

/** What should have been an image and is none; the message says why. Without stack trace: there may be many. */
public final class MalformedImage extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedImage(String reason) {
        super(Visible.line(reason), null, false, false);
    }
}
