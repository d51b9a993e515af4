package io.github.sparkcnn.data.folder;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Names as archives write them, as a folder would have them. */
final class ArchiveNames {
    private ArchiveNames() {}

    /** Without what is hidden; a folder is empty where no file is below it. */
    static Tree tree(List<Member> members, List<String> folders) {
        List<Member> visible = members.stream()
                .map(member -> member.named(plain(member.name())))
                .filter(member -> isVisible(member.name()))
                .toList();
        Set<String> filled = new HashSet<>();
        visible.forEach(member -> addFolders(member.name(), filled));
        List<String> empty = folders.stream()
                .map(ArchiveNames::plain)
                .filter(folder -> isVisible(folder) && !filled.contains(folder))
                .toList();
        return Tree.of(visible, empty);
    }

    /** Whether a file of an archive is called like an image, and not hidden. */
    static boolean isImage(Member member) {
        return member.isCalledImage() && isVisible(plain(member.name()));
    }

    /** Windows' backslashes and a leading {@code ./}. */
    private static String plain(String name) {
        String slashes = name.replace('\\', '/');
        return slashes.startsWith("./") ? slashes.substring(2) : slashes;
    }

    private static void addFolders(String name, Set<String> folders) {
        for (int end = name.lastIndexOf('/'); end > 0 && folders.add(name.substring(0, end)); ) {
            end = name.lastIndexOf('/', end - 1);
        }
    }

    private static boolean isVisible(String name) {
        return !name.isEmpty() && Stream.of(name.split("/")).noneMatch(Member::isHidden);
    }
}
