package io.github.sparkcnn.data.folder;

import io.github.sparkcnn.data.format.BadImages;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.io.Storage;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** The half of a folder or archive that is wanted, and what its images are brought to. */
record Found(Container container, Tree tree, FirstLook look) {
    static Found at(Storage storage, FileStatus root, ImageSource source) {
        Opened opened = Opened.of(storage, root);
        Tree tree = withoutLooseFiles(opened.tree().half(source.split()));
        if (tree.members().isEmpty()) {
            throw BadImages.in(
                    root.getPath(), "it holds no image", "Name a folder with a sub-folder of images for each class");
        }
        Container container = opened.container().below(tree.above());
        return new Found(container, tree, FirstLook.at(storage, container, tree, source));
    }

    /** A README beside the classes' folders is no image of a class. */
    private static Tree withoutLooseFiles(Tree tree) {
        if (tree.folders().isEmpty()) {
            return tree;
        }
        List<Member> members = tree.members().stream()
                .filter(member -> member.name().indexOf('/') > 0 || member.isCalledImage())
                .toList();
        return new Tree(tree.above(), members, tree.empty());
    }

    /** The classes, where every image is in a class's folder. */
    List<String> requireClasses() {
        for (Member member : tree.members()) {
            if (Tree.folderOf(member.name()).isEmpty()) {
                throw BadImages.in(
                        new Path(container.root()),
                        container.above() + member.name() + " is in no class's folder",
                        "Put every image into a sub-folder that is called like its class; only predict needs none");
            }
        }
        return ImagesFormat.ordered(tree.folders());
    }

    /** Folders that hold no image may be a mistake. */
    List<String> notices() {
        List<String> empty = tree.emptyFolders();
        String folder = Storage.display(container.path()) + "/" + container.above();
        return empty.isEmpty()
                ? List.of()
                : List.of("Folders in " + folder + " hold no image and are no classes: " + String.join(", ", empty));
    }

    /** Whether every file is in a folder, which may be its class. */
    boolean hasClasses() {
        return tree.members().stream()
                .allMatch(member -> Tree.folderOf(member.name()).isPresent());
    }
}
