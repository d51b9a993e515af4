package io.github.sparkcnn.house;

import java.util.Set;
import org.apache.xbean.asm9.Handle;
import org.apache.xbean.asm9.Label;
import org.apache.xbean.asm9.MethodVisitor;
import org.apache.xbean.asm9.Opcodes;
import org.apache.xbean.asm9.Type;

/** Collects what a method's instructions refer to. */
final class ReferencesOfCode extends MethodVisitor {

    private final Set<Reference> references;

    ReferencesOfCode(Set<Reference> references) {
        super(Opcodes.ASM9);
        this.references = references;
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        Reference.addOperand(references, type);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String type) {
        addMember(owner, name, type, false);
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String type, boolean ofInterface) {
        addMember(owner, name, type, ofInterface);
    }

    /** A lambda: the interface is what comes out of the call, and its method has the type of the first argument. */
    @Override
    public void visitInvokeDynamicInsn(String name, String type, Handle bootstrap, Object... arguments) {
        Type made = Type.getReturnType(type);
        Reference.addTypes(references, type);
        if (bootstrap.getOwner().equals("java/lang/invoke/LambdaMetafactory")) {
            addMember(made.getInternalName(), name, ((Type) arguments[0]).getDescriptor(), true);
        }
        for (Object argument : arguments) {
            visitLdcInsn(argument);
        }
    }

    @Override
    public void visitLdcInsn(Object constant) {
        if (constant instanceof Type type) {
            Reference.addTypes(references, type.getDescriptor());
        } else if (constant instanceof Handle handle) {
            addMember(handle.getOwner(), handle.getName(), handle.getDesc(), handle.isInterface());
        }
    }

    @Override
    public void visitMultiANewArrayInsn(String type, int dimensions) {
        Reference.addTypes(references, type);
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, String type) {
        if (type != null) {
            Reference.addOperand(references, type);
        }
    }

    private void addMember(String owner, String name, String type, boolean ofInterface) {
        Reference.addOperand(references, owner);
        Reference.addTypes(references, type);
        if (!owner.startsWith("[")) {
            references.add(new Reference(owner, name + type, ofInterface));
        }
    }
}
