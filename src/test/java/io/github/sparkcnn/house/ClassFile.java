package io.github.sparkcnn.house;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.xbean.asm9.ClassReader;
import org.apache.xbean.asm9.ClassVisitor;
import org.apache.xbean.asm9.FieldVisitor;
import org.apache.xbean.asm9.MethodVisitor;
import org.apache.xbean.asm9.Opcodes;

/** What a class file declares and what it refers to, in the class file's own names: {@code java/lang/String}. */
final class ClassFile {

    final String name;
    final int access;
    /** Superclass and interfaces. */
    final List<String> parents;
    /** Access by name and descriptor, which fields and methods do not share. */
    final Map<String, Integer> members = new HashMap<>();

    final Set<Reference> references = new LinkedHashSet<>();

    ClassFile(byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        name = reader.getClassName();
        access = reader.getAccess();
        parents = Stream.concat(Stream.ofNullable(reader.getSuperName()), Stream.of(reader.getInterfaces()))
                .toList();
        parents.forEach(parent -> references.add(Reference.toType(parent)));
        reader.accept(new Members(), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    }

    boolean isInterface() {
        return (access & Opcodes.ACC_INTERFACE) != 0;
    }

    boolean isAbstract() {
        return (access & Opcodes.ACC_ABSTRACT) != 0;
    }

    private final class Members extends ClassVisitor {
        Members() {
            super(Opcodes.ASM9);
        }

        @Override
        public FieldVisitor visitField(int access, String name, String type, String signature, Object value) {
            members.put(name + type, access);
            Reference.addTypes(references, type);
            return null;
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String type, String signature, String[] thrown) {
            members.put(name + type, access);
            Reference.addTypes(references, type);
            return new ReferencesOfCode(references);
        }
    }
}
