package io.github.sparkcnn.image;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.IntFunction;
import javax.imageio.ImageIO;

/**
 * Draws the first images of a data set with their labels, to see that the data were read right; with a second row under each
 * to see what augmentation does. Grey or RGB images of any size, each pixel magnified to a square.
 */
public final class ContactSheet {
    private static final int COLUMNS = 10;
    private static final int MARGIN = 8;
    private static final int CAPTION = 16;
    /** Images are magnified to about this size, by a whole number. */
    private static final int CELL = 84;

    private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 11);

    private final IntFunction<Cell> cells;
    private final int count;
    private final int lines;
    private final int pictures;
    private final ImageShape shape;
    private final int zoom;

    private ContactSheet(ImageShape shape, int count, IntFunction<Cell> cells) {
        this.cells = cells;
        this.shape = shape;
        this.count = count;
        this.lines = count == 0 ? 1 : cells.apply(0).caption().size();
        this.pictures = count == 0 ? 1 : cells.apply(0).pictures().size();
        this.zoom = Math.max(1, Math.round((float) CELL / Math.max(shape.height(), shape.width())));
    }

    /**
     * What stands in one place.
     *
     * @param caption its lines
     * @param pictures of the sheet's shape, from the top
     */
    public record Cell(List<String> caption, List<BufferedImage> pictures) {}

    /** Ten cells in a row, all with as many lines and pictures as the first; each is asked for when it is drawn. */
    public static BufferedImage draw(ImageShape shape, int count, IntFunction<Cell> cells) {
        return new ContactSheet(shape, count, cells).sheet();
    }

    /** The first {@code count} images, ten in a row, each under its label's name. */
    public static BufferedImage draw(PackedImages images, List<String> labels, int count) {
        return draw(images, i -> labels.get(images.label(i)), count);
    }

    /** The same with a caption of its own for each image. */
    public static BufferedImage draw(PackedImages images, IntFunction<String> captions, int count) {
        return draw(
                images.shape(),
                Math.min(count, images.size()),
                i -> new Cell(List.of(captions.apply(i)), List.of(image(images, i))));
    }

    /** The same with the augmented image right under its original; both hold the same images in the same order. */
    public static BufferedImage draw(PackedImages before, PackedImages after, IntFunction<String> captions, int count) {
        if (!before.shape().equals(after.shape()) || before.size() != after.size()) {
            throw new IllegalArgumentException(before.size() + " images of " + before.shape() + " before, "
                    + after.size() + " of " + after.shape() + " after");
        }
        return draw(
                before.shape(),
                Math.min(count, before.size()),
                i -> new Cell(List.of(captions.apply(i)), List.of(image(before, i), image(after, i))));
    }

    /** One image as it is, not magnified. */
    public static BufferedImage image(PackedImages images, int index) {
        ImageShape shape = images.shape();
        BufferedImage image = new BufferedImage(
                shape.width(),
                shape.height(),
                shape.channels() == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
        int plane = shape.height() * shape.width();
        for (int channel = 0; channel < Math.min(3, shape.channels()); channel++) {
            int from = index * shape.size() + channel * plane;
            for (int i = 0; i < plane; i++) {
                int sample = images.pixels()[from + i] & 0xff;
                // The raster keeps grey bytes as they are; a Graphics2D would convert between grey curves.
                image.getRaster().setSample(i % shape.width(), i / shape.width(), channel, sample);
            }
        }
        return image;
    }

    /** The image as a PNG file. */
    public static byte[] png(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot encode an image as PNG", e);
        }
        return bytes.toByteArray();
    }

    private BufferedImage sheet() {
        int columns = Math.max(1, Math.min(COLUMNS, count));
        int rows = (count + columns - 1) / columns;
        BufferedImage sheet = new BufferedImage(
                MARGIN + columns * cellWidth(), MARGIN + rows * cellHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        graphics.setFont(FONT);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        for (int i = 0; i < count; i++) {
            drawCell(sheet, graphics, i, MARGIN + i % columns * cellWidth(), MARGIN + i / columns * cellHeight());
        }
        graphics.dispose();
        return sheet;
    }

    private void drawCell(BufferedImage sheet, Graphics2D graphics, int index, int x, int y) {
        Cell cell = cells.apply(index);
        graphics.setColor(Color.DARK_GRAY);
        for (int line = 0; line < lines; line++) {
            String text = fitting(cell.caption().get(line), graphics.getFontMetrics());
            graphics.drawString(text, x, y + (line + 1) * CAPTION - 5);
        }
        for (int row = 0; row < pictures; row++) {
            magnify(cell.pictures().get(row), sheet, x, y + lines * CAPTION + row * imageHeight());
        }
    }

    /** Sample by sample, so that a byte of the data is the same byte in the picture. */
    private void magnify(BufferedImage image, BufferedImage sheet, int left, int top) {
        boolean grey = image.getRaster().getNumBands() == 1;
        for (int y = 0; y < image.getHeight() * zoom; y++) {
            for (int x = 0; x < image.getWidth() * zoom; x++) {
                int rgb = grey
                        ? image.getRaster().getSample(x / zoom, y / zoom, 0) * 0x010101
                        : image.getRGB(x / zoom, y / zoom);
                sheet.setRGB(left + x, top + y, rgb);
            }
        }
    }

    private String fitting(String label, FontMetrics metrics) {
        int length = label.length();
        while (length > 1 && metrics.stringWidth(label.substring(0, length)) > shape.width() * zoom) {
            length--;
        }
        return length == label.length() ? label : label.substring(0, length - 1) + "…";
    }

    private int imageHeight() {
        return shape.height() * zoom + MARGIN / 2;
    }

    private int cellWidth() {
        return shape.width() * zoom + MARGIN;
    }

    private int cellHeight() {
        return lines * CAPTION + pictures * imageHeight() + MARGIN / 2;
    }
}
