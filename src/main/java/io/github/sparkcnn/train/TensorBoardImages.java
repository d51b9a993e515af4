package io.github.sparkcnn.train;

import io.github.sparkcnn.data.ContactSheet;
import io.github.sparkcnn.data.PackedImages;
import io.github.sparkcnn.eval.Examination;
import io.github.sparkcnn.eval.Examination.Mistake;
import io.github.sparkcnn.track.tensorboard.EventFile;
import io.github.sparkcnn.track.tensorboard.EventWriter;
import java.awt.image.BufferedImage;
import java.util.List;
import org.apache.hadoop.fs.Path;

/** Shows in TensorBoard the first test images, and after every epoch those that were taken for another class. */
final class TensorBoardImages implements TrainingListener {

    private static final int SAMPLES = 20;

    private final Path folder;
    private final List<String> names;
    private final org.apache.hadoop.conf.Configuration hadoop;
    private EventWriter events;

    TensorBoardImages(Path folder, List<String> names, org.apache.hadoop.conf.Configuration hadoop) {
        this.folder = folder;
        this.names = names;
        this.hadoop = hadoop;
    }

    @Override
    public void examined(int epoch, PackedImages test, Examination examination) {
        if (events == null) { // not before: a run that is refused leaves nothing behind
            events = EventFile.create(folder, hadoop);
            events.image("images/test", epoch, ContactSheet.draw(test, names, SAMPLES));
        }
        if (!examination.mistakes().isEmpty()) {
            events.image("images/misclassified", epoch, mistakes(test, examination.mistakes()));
        }
        events.flush();
    }

    private BufferedImage mistakes(PackedImages test, List<Mistake> mistakes) {
        PackedImages images = test.at(mistakes.stream().map(Mistake::image).toList());
        return ContactSheet.draw(
                images,
                i -> names.get(images.label(i)) + " → "
                        + names.get(mistakes.get(i).predicted()),
                images.size());
    }

    @Override
    public void ended() {
        if (events != null) {
            events.close();
            events = null;
        }
    }
}
