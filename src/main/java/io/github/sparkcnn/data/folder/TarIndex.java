package io.github.sparkcnn.data.folder;

import io.github.sparkcnn.Visible;
import io.github.sparkcnn.data.format.BadImages;
import io.github.sparkcnn.io.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.hadoop.fs.FileStatus;

/** A tar's headers, read once by the driver, which passes over the bytes between them. */
final class TarIndex {
    private static final char LINK = '1';
    private static final char SYMBOLIC_LINK = '2';
    private static final char SPARSE = 'S';

    private TarIndex() {}

    /** The files of an archive. */
    static Tree of(Storage storage, FileStatus file) {
        return until(storage, file, member -> false);
    }

    /** Whether an image is among the files; reads no further than to the first. */
    static boolean holdsImage(Storage storage, FileStatus file) {
        return until(storage, file, ArchiveNames::isImage).members().stream().anyMatch(Member::isCalledImage);
    }

    private static Tree until(Storage storage, FileStatus file, Predicate<Member> isEnough) {
        List<Member> members = new ArrayList<>();
        List<String> folders = new ArrayList<>();
        try (InputStream in = storage.open(file.getPath())) {
            TarHeaders tar = new TarHeaders(in, file.getLen());
            for (Optional<TarHeader> next = tar.next(); next.isPresent(); next = tar.next()) {
                TarHeader header = next.get();
                if (header.isFolder()) {
                    folders.add(header.name().replaceFirst("/$", ""));
                } else if (header.type() == LINK) {
                    members.add(linked(file, header, members));
                } else if (header.type() == SYMBOLIC_LINK && Member.isCalledImage(header.name())) {
                    throw BadImages.in(
                            file.getPath(),
                            header.name() + " in it is a symbolic link",
                            "Write the tar with --dereference, which puts the files themselves into it");
                } else if (header.type() == SPARSE && Member.isCalledImage(header.name())) {
                    throw BadImages.in(
                            file.getPath(),
                            header.name() + " in it is a sparse file",
                            "Write the tar without --sparse, which leaves zeros out");
                } else if (header.isFile()) {
                    Member member =
                            new Member(header.name(), tar.position(), header.size(), header.size(), Member.Zipped.NOT);
                    members.add(member);
                    if (isEnough.test(member)) {
                        break;
                    }
                }
            }
        } catch (IOException e) {
            throw BadImages.in(
                    file.getPath(), "the tar is damaged: " + Visible.firstLine(e), "Fetch or write it again");
        }
        return ArchiveNames.tree(members, folders);
    }

    /** A second name of a file that came before: tar writes the bytes of a hard-linked file once. */
    private static Member linked(FileStatus file, TarHeader entry, List<Member> before) {
        for (int i = before.size() - 1; i >= 0; i--) {
            if (before.get(i).name().equals(entry.link())) {
                return before.get(i).named(entry.name());
            }
        }
        throw BadImages.in(
                file.getPath(),
                entry.name() + " in it is a link to " + entry.link() + ", which is not in it",
                "Write the tar with --hard-dereference");
    }
}
