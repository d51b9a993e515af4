package io.github.sparkcnn.data.folder;

import io.github.sparkcnn.data.format.Split;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files below a root, in the order of their names, and the folders that hold none.
 *
 * @param above the folders from the root to here, each with its {@code /}
 * @param members with names below here
 * @param empty folders without a file, below here
 */
record Tree(String above, List<Member> members, List<String> empty) {
    private static final String TRAIN = "train";
    private static final List<String> TESTS = List.of("test", "val", "valid", "validation");

    Tree {
        members = members.stream()
                .sorted(Comparator.comparing(Member::name, Tree::byCodePoints))
                .toList();
        empty = empty.stream().sorted().toList();
    }

    static Tree of(List<Member> members, List<String> empty) {
        return new Tree("", members, empty);
    }

    /** As UTF-8 bytes are ordered, which is how Spark orders a column of paths. */
    private static int byCodePoints(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int i = 0; i < length; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                boolean bothPlain = !Character.isSurrogate(a) && !Character.isSurrogate(b);
                return bothPlain || Character.isSurrogate(a) == Character.isSurrogate(b)
                        ? Character.compare(a, b)
                        : Boolean.compare(Character.isSurrogate(a), Character.isSurrogate(b));
            }
        }
        return Integer.compare(one.length(), other.length());
    }

    /** The half that is wanted where there are halves, below folders that hold nothing but one folder. */
    Tree half(Split split) {
        List<String> folders = folders();
        Optional<String> train = folder(folders, TRAIN);
        Optional<String> test = TESTS.stream()
                .map(name -> folder(folders, name))
                .flatMap(Optional::stream)
                .findFirst();
        if (train.isPresent() && test.isPresent()) {
            return below(split == Split.TRAIN ? train.get() : test.get());
        }
        boolean isWrapped = folders.size() == 1
                && members.stream().allMatch(member -> member.name().indexOf('/') > 0)
                && !below(folders.get(0)).folders().isEmpty();
        return isWrapped ? below(folders.get(0)).half(split) : this;
    }

    private static Optional<String> folder(List<String> folders, String name) {
        return folders.stream()
                .filter(folder -> folder.toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }

    /** The folders right here that hold files. */
    List<String> folders() {
        TreeMap<String, Integer> folders = new TreeMap<>(Tree::byCodePoints);
        members.forEach(member -> folderOf(member.name()).ifPresent(folder -> folders.put(folder, 0)));
        return List.copyOf(folders.keySet());
    }

    /** The first folder of a path, if it has one: an image's class. */
    static Optional<String> folderOf(String name) {
        int end = name.indexOf('/');
        return end < 0 ? Optional.empty() : Optional.of(name.substring(0, end));
    }

    /** The folders right here that hold no file. */
    List<String> emptyFolders() {
        List<String> folders = folders();
        return empty.stream()
                .map(name -> folderOf(name).orElse(name))
                .distinct()
                .filter(name -> !folders.contains(name))
                .toList();
    }

    private Tree below(String folder) {
        String start = folder + "/";
        List<Member> theirs = new ArrayList<>();
        for (Member member : members) {
            if (member.name().startsWith(start)) {
                theirs.add(member.named(member.name().substring(start.length())));
            }
        }
        return new Tree(
                above + start,
                theirs,
                empty.stream()
                        .filter(name -> name.startsWith(start))
                        .map(name -> name.substring(start.length()))
                        .toList());
    }
}
