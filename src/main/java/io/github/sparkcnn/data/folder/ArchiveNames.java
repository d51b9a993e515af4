package io.github.sparkcnn.data.folder;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Names as archives write them, as a folder would have them. */
final class ArchiveNames {
    private static final Pattern BEGINNING = Pattern.compile("^(\\.{0,2}/)+");

    private ArchiveNames() {}

    /** As unpacking leaves it: the last file of a name. Without what is hidden; a folder is empty where no file is below it. */
    static Tree tree(List<Member> members, List<String> folders) {
        Map<String, Member> byName = new LinkedHashMap<>();
        members.stream()
                .map(member -> member.named(plain(member.name())))
                .filter(member -> isVisible(member.name()))
                .forEach(member -> byName.put(member.name(), member));
        List<Member> visible = List.copyOf(byName.values());
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

    /** Without Windows' backslashes, a leading {@code ./} or {@code ../}, and an absolute path's {@code /}. */
    private static String plain(String name) {
        return BEGINNING.matcher(name.replace('\\', '/')).replaceFirst("");
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
