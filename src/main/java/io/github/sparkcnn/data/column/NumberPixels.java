package io.github.sparkcnn.data.column;

import io.github.sparkcnn.data.format.PixelReader;
import io.github.sparkcnn.image.MalformedImage;
import io.github.sparkcnn.image.PixelLayout;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** In a task: an image that is an array of numbers, a pixel each: 0 to 255; bytes are unsigned. */
final class NumberPixels implements PixelReader {
    private static final long serialVersionUID = 1L;

    private final int column;
    private final DataType element;
    private final PixelLayout layout;
    private final byte[] pixels;

    NumberPixels(int column, DataType element, PixelLayout layout) {
        this.column = column;
        this.element = element;
        this.layout = layout;
        this.pixels = new byte[layout.shape().size()];
    }

    @Override
    public byte[] read(InternalRow row) {
        ArrayData values = row.getArray(column);
        if (values.numElements() != pixels.length) {
            throw new MalformedImage("it has " + values.numElements() + " values, not " + pixels.length);
        }
        for (int i = 0; i < pixels.length; i++) {
            if (values.isNullAt(i)) {
                throw new MalformedImage("value " + i + " is null");
            }
            pixels[i] = pixel(value(values, i));
        }
        return layout.packed(pixels);
    }

    private double value(ArrayData values, int i) {
        if (element.equals(DataTypes.ByteType)) {
            return values.getByte(i) & 0xff;
        }
        if (element.equals(DataTypes.ShortType)) {
            return values.getShort(i);
        }
        if (element.equals(DataTypes.IntegerType)) {
            return values.getInt(i);
        }
        if (element.equals(DataTypes.LongType)) {
            return values.getLong(i);
        }
        return element.equals(DataTypes.FloatType) ? values.getFloat(i) : values.getDouble(i);
    }

    /** The byte of a number. */
    static byte pixel(double value) {
        int whole = (int) value;
        if (whole != value || whole < 0 || whole > 255) {
            throw new MalformedImage("the value " + value + " is no whole number from 0 to 255, as pixels are");
        }
        return (byte) whole;
    }
}
