package io.github.sparkcnn.house;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.xbean.asm9.Opcodes;

/** Class files that could be run together, and whether they would link: a JVM finds that out one instruction at a time. */
final class ClassPath implements AutoCloseable {

    private static final ClassLoader JDK = ClassLoader.getPlatformClassLoader();

    private final List<Archive> archives;
    private final Map<String, Optional<ClassFile>> read = new HashMap<>();

    ClassPath(List<Path> jarsAndFolders) {
        archives =
                jarsAndFolders.stream().filter(Files::exists).map(Archive::of).toList();
    }

    /** References of the classes of an archive, to classes that {@code asked} says, that lead nowhere: with the class that has them. */
    Set<String> broken(Path jarOrFolder, Predicate<String> asked) {
        Set<String> broken = new TreeSet<>();
        try (Archive archive = Archive.of(jarOrFolder)) {
            archive.forEachClass(bytes -> {
                ClassFile type = new ClassFile(bytes);
                type.references.stream()
                        .filter(reference -> asked.test(reference.owner()) && !links(reference))
                        .forEach(reference -> broken.add(type.name + " asks for " + reference));
                if (!type.isAbstract()) {
                    unimplemented(type, asked)
                            .forEach(method -> broken.add(type.name + " does not implement " + method));
                }
            });
        }
        return broken;
    }

    private boolean links(Reference reference) {
        Optional<ClassFile> owner = find(reference.owner());
        if (owner.isEmpty() || reference.member().isEmpty()) {
            return owner.isPresent();
        }
        boolean kindFits = !reference.isMethod() || owner.get().isInterface() == reference.ofInterface();
        return kindFits
                && lineage(reference.owner()).stream()
                        .map(type -> type.members.get(reference.member()))
                        .anyMatch(access -> access != null && (access & Opcodes.ACC_PRIVATE) == 0);
    }

    /** Methods that an interface or abstract class of {@code asked} declares and nobody in the class's lineage has. */
    private Set<String> unimplemented(ClassFile type, Predicate<String> asked) {
        Set<String> wanted = new TreeSet<>();
        Set<String> there = new HashSet<>();
        for (ClassFile ancestor : lineage(type.name)) {
            ancestor.members.forEach((member, access) -> {
                if ((access & Opcodes.ACC_ABSTRACT) == 0) {
                    there.add(member);
                } else if (asked.test(ancestor.name)) {
                    wanted.add(member);
                }
            });
        }
        wanted.removeAll(there);
        return wanted;
    }

    /** The class, its superclasses and their interfaces, once each; those that are nowhere left out. */
    private Collection<ClassFile> lineage(String name) {
        Map<String, ClassFile> lineage = new LinkedHashMap<>();
        Deque<String> next = new ArrayDeque<>(List.of(name));
        while (!next.isEmpty()) {
            find(next.remove())
                    .filter(type -> lineage.put(type.name, type) == null)
                    .ifPresent(type -> next.addAll(type.parents));
        }
        return lineage.values();
    }

    private Optional<ClassFile> find(String name) {
        String file = name + ".class";
        return read.computeIfAbsent(
                name,
                unread -> archives.stream()
                        .flatMap(archive -> archive.bytes(file).stream())
                        .findFirst()
                        .or(() -> ofJdk(file))
                        .map(ClassFile::new));
    }

    private static Optional<byte[]> ofJdk(String file) {
        try (InputStream in = JDK.getResourceAsStream(file)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }

    @Override
    public void close() {
        archives.forEach(Archive::close);
    }
}
