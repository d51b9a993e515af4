package io.github.sparkcnn.data.folder;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.decode.ImageHeader;
import io.github.sparkcnn.data.decode.Rendering;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.MalformedImage;
import io.github.sparkcnn.io.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the driver learns of up to 100 images from all classes: whether any has colours, and the size where all have one. */
record FirstLook(List<Seen> seen, Wanted wanted) {
    private static final int LOOKS = 100;

    /** An image whose header was read. */
    record Seen(String name, ImageShape shape) {}

    static FirstLook at(Storage storage, Container container, Tree tree, ImageSource source) {
        Optional<ImageShape> said = source.layout().map(layout -> layout.shape());
        boolean toGrey = said.filter(shape -> shape.channels() == 1).isPresent();
        List<Seen> seen = look(storage, container, tree);
        if (seen.isEmpty() && said.isEmpty()) {
            throw new UserException(
                    "read " + Storage.display(container.path()),
                    "none of its first files is a PNG, JPEG, BMP or GIF image",
                    "Name a folder with a sub-folder of images for each class");
        }
        boolean hasColours = source.inColours()
                || seen.stream().anyMatch(image -> image.shape().channels() > 1);
        ImageShape size = said.orElseGet(() -> seen.get(0).shape());
        ImageShape shape =
                new ImageShape(said.map(ImageShape::channels).orElse(hasColours ? 3 : 1), size.height(), size.width());
        String witness = said.isPresent() ? "data.shape says" : seen.get(0).name() + " is";
        return new FirstLook(seen, new Wanted(new Rendering(shape, toGrey, source.resizing()), witness));
    }

    /** Refuses images of several sizes; predictions have an error in their rows instead. */
    void requireOneSize(String root) {
        seen.forEach(image -> wanted.requireFits(image.name(), image.shape(), root));
    }

    private static List<Seen> look(Storage storage, Container container, Tree tree) {
        List<Seen> seen = new ArrayList<>();
        try (Contents contents = new Contents(storage, container)) {
            for (Member member : spread(tree)) {
                try {
                    seen.add(new Seen(
                            container.above() + member.name(),
                            ImageHeader.of(contents.of(member)).shape()));
                } catch (MalformedImage e) {
                    // Told or dropped when it is read.
                }
            }
        }
        return seen;
    }

    /** Evenly over the order of the names, which goes through the classes. */
    private static List<Member> spread(Tree tree) {
        int step = Math.max(1, tree.members().size() / LOOKS);
        List<Member> spread = new ArrayList<>();
        for (int i = 0; i < tree.members().size() && spread.size() < LOOKS; i += step) {
            spread.add(tree.members().get(i));
        }
        return spread;
    }
}
