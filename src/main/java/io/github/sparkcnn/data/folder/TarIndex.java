package io.github.sparkcnn.data.folder;

import io.github.sparkcnn.data.format.BadImages;
import io.github.sparkcnn.io.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.hadoop.fs.FileStatus;

/** A tar's headers, read once by the driver, which passes over the bytes between them. */
final class TarIndex {
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
        try (TarArchiveInputStream tar = new TarArchiveInputStream(storage.open(file.getPath()))) {
            for (TarArchiveEntry entry = tar.getNextTarEntry(); entry != null; entry = tar.getNextTarEntry()) {
                if (entry.isDirectory()) {
                    folders.add(entry.getName().replaceFirst("/$", ""));
                } else if (entry.isLink()) {
                    members.add(linked(file, entry, members));
                } else if (entry.isSymbolicLink() && Member.isCalledImage(entry.getName())) {
                    throw BadImages.in(
                            file.getPath(),
                            entry.getName() + " in it is a symbolic link",
                            "Write the tar with --dereference, which puts the files themselves into it");
                } else if (entry.isFile() && !entry.isSymbolicLink()) {
                    Member member = new Member(
                            entry.getName(), tar.getBytesRead(), entry.getSize(), entry.getSize(), Member.Zipped.NOT);
                    members.add(member);
                    if (isEnough.test(member)) {
                        break;
                    }
                }
            }
        } catch (IOException e) {
            throw BadImages.in(file.getPath(), "the tar is damaged: " + e.getMessage(), "Fetch or write it again");
        }
        return ArchiveNames.tree(members, folders);
    }

    /** A second name of a file that came before: tar writes the bytes of a hard-linked file once. */
    private static Member linked(FileStatus file, TarArchiveEntry entry, List<Member> before) {
        for (int i = before.size() - 1; i >= 0; i--) {
            if (before.get(i).name().equals(entry.getLinkName())) {
                return before.get(i).named(entry.getName());
            }
        }
        throw BadImages.in(
                file.getPath(),
                entry.getName() + " in it is a link to " + entry.getLinkName() + ", which is not in it",
                "Write the tar with --hard-dereference");
    }
}
