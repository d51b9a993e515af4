package io.github.sparkcnn.data;

import io.github.sparkcnn.image.Resize;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** In a task: a row's image at another size. */
final class ResizeRows implements Function<Row, Row> {
    private static final long serialVersionUID = 1L;

    private final Resize resize;

    ResizeRows(Resize resize) {
        this.resize = resize;
    }

    @Override
    public Row call(Row row) {
        byte[] scaled = new byte[resize.shape().size()];
        resize.apply(row.getAs("pixels"), 0, scaled, 0);
        return RowFactory.create(row.<Integer>getAs("label"), scaled);
    }
}
