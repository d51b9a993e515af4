package io.github.sparkcnn.data.folder;

import io.github.sparkcnn.data.format.Diagnosis;
import io.github.sparkcnn.data.format.LeftOut;
import java.util.List;
import java.util.Optional;

/** What there is to tell of images as files: those that were left out, and folders that are no classes. */
record FolderDiagnosis(LeftOut leftOut, List<String> notices) implements Diagnosis {
    FolderDiagnosis {
        notices = List.copyOf(notices);
    }

    @Override
    public Optional<Dropped> dropped() {
        return leftOut.dropped();
    }
}
