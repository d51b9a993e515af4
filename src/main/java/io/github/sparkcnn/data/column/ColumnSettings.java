package io.github.sparkcnn.data.column;

/**
 * Where a user says which columns hold images and labels, for messages.
 *
 * @param image the setting that names the image's column
 * @param label the one that names the label's
 * @param shape the one of the images' shape
 */
public record ColumnSettings(String image, String label, String shape) {
    /** The keys of the configuration. */
    public static final ColumnSettings KEYS =
            new ColumnSettings("data.columns.image", "data.columns.label", "data.shape");
}
