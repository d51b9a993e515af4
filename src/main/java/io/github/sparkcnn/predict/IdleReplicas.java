package io.github.sparkcnn.predict;

import io.github.sparkcnn.kernel.Replica;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Replicas of this JVM that no task is using: opened as often as tasks run at the same time, not once a task. */
final class IdleReplicas {

    /** By network. Mutable and static, because tasks of one executor share nothing else. */
    private static final Map<String, Deque<Replica>> IDLE = new HashMap<>();

    private IdleReplicas() {}

    /** An idle replica of the network, or a new one; those of other networks are closed. */
    static Replica take(String network, Supplier<Replica> opener) {
        synchronized (IDLE) {
            IDLE.keySet().removeIf(other -> !other.equals(network) && closeAll(IDLE.get(other)));
            Deque<Replica> idle = IDLE.get(network);
            if (idle != null && !idle.isEmpty()) {
                return idle.pop();
            }
        }
        return opener.get();
    }

    static void giveBack(String network, Replica replica) {
        synchronized (IDLE) {
            IDLE.computeIfAbsent(network, name -> new ArrayDeque<>()).push(replica);
        }
    }

    private static boolean closeAll(Deque<Replica> replicas) {
        replicas.forEach(Replica::close);
        return true;
    }
}
