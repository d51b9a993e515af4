package io.github.sparkcnn;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Calls what two lines of a library both have, but not with the same types: a call compiled for one is not found in the other. */
public final class MethodByName {

    private MethodByName() {}

    /** Calls a method of an object. */
    public static Object call(Object target, String name, Object... arguments) {
        return call(target.getClass(), target, name, arguments);
    }

    /** Calls a method of a class. */
    public static Object callStatic(Class<?> type, String name, Object... arguments) {
        return call(type, null, name, arguments);
    }

    private static Object call(Class<?> type, Object target, String name, Object... arguments) {
        Method found = Arrays.stream(type.getMethods())
                .filter(method -> method.getName().equals(name) && !method.isBridge() && takes(method, arguments))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException(type.getName() + " has no " + name + " that takes what it is to"));
        try {
            return found.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean takes(Method method, Object... arguments) {
        Class<?>[] types = method.getParameterTypes();
        return types.length == arguments.length
                && IntStream.range(0, types.length)
                        .allMatch(i -> types[i].isPrimitive() || types[i].isInstance(arguments[i]));
    }
}
