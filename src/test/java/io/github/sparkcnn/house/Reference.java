package io.github.sparkcnn.house;

import java.util.Set;
import org.apache.xbean.asm9.Type;

/**
 * What one class file wants of another.
 *
 * @param owner the class that is asked
 * @param member name and descriptor of a field or method; empty: the class itself
 * @param ofInterface whether the owner is taken for an interface, which only matters for methods
 */
record Reference(String owner, String member, boolean ofInterface) {

    static Reference toType(String owner) {
        return new Reference(owner, "", false);
    }

    boolean isMethod() {
        return member.contains("(");
    }

    /** Every class that a descriptor names. */
    static void addTypes(Set<Reference> references, String descriptor) {
        Type type = Type.getType(descriptor);
        if (type.getSort() == Type.METHOD) {
            add(references, type.getReturnType());
            for (Type argument : type.getArgumentTypes()) {
                add(references, argument);
            }
        } else {
            add(references, type);
        }
    }

    /** A class in the form of an instruction's operand, which may be an array's. */
    static void addOperand(Set<Reference> references, String operand) {
        add(references, Type.getObjectType(operand));
    }

    private static void add(Set<Reference> references, Type type) {
        Type element = type.getSort() == Type.ARRAY ? type.getElementType() : type;
        if (element.getSort() == Type.OBJECT) {
            references.add(toType(element.getInternalName()));
        }
    }

    @Override
    public String toString() {
        return owner + (member.isEmpty() ? "" : "." + member);
    }
}
