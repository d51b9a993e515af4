package io.github.sparkcnn.data.folder;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one task reads: files that follow each other.
 *
 * @param number its place among the chunks
 * @param members in their order
 * @param labels the class of each, its place among the folders
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Chunk(int number, List<Member> members, int[] labels) implements Serializable {
    private static final long MOST_BYTES = 8 << 20;
    private static final int MOST_FILES = 512;

    Chunk {
        members = List.copyOf(members);
    }

    /** Cuts files into chunks that are the same on every cluster: the sum of a folder is made of theirs. */
    static List<Chunk> of(List<Member> members, List<String> folders) {
        List<Chunk> chunks = new ArrayList<>();
        Map<String, Integer> labelOf = new HashMap<>();
        folders.forEach(folder -> labelOf.put(folder, labelOf.size()));
        int from = 0;
        while (from < members.size()) {
            int to = from;
            long bytes = 0;
            while (to < members.size() && to - from < MOST_FILES && (to == from || bytes < MOST_BYTES)) {
                bytes += members.get(to++).stored();
            }
            List<Member> mine = List.copyOf(members.subList(from, to));
            int[] labels = mine.stream()
                    .mapToInt(member -> Tree.folderOf(member.name())
                            .map(folder -> labelOf.getOrDefault(folder, 0))
                            .orElse(0))
                    .toArray();
            chunks.add(new Chunk(chunks.size(), mine, labels));
            from = to;
        }
        return chunks;
    }
}
