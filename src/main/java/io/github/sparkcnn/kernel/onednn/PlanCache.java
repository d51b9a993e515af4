package io.github.sparkcnn.kernel.onednn;

import io.github.sparkcnn.kernel.onednn.primitive.Plan;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** The plans of the last few batch sizes: that of most minibatches and that of an epoch's last one. */
final class PlanCache implements AutoCloseable {
    private static final int KEPT = 3;

    private final IntFunction<Plan> compiler;
    private final Map<Integer, Plan> bySize = new LinkedHashMap<>(8, 0.75f, true);

    PlanCache(IntFunction<Plan> compiler) {
        this.compiler = compiler;
    }

    Plan of(int batch) {
        Plan plan = bySize.get(batch);
        if (plan == null) {
            if (bySize.size() == KEPT) {
                bySize.remove(bySize.keySet().iterator().next()).close();
            }
            plan = compiler.apply(batch);
            bySize.put(batch, plan);
        }
        return plan;
    }

    @Override
    public void close() {
        bySize.values().forEach(Plan::close);
        bySize.clear();
    }
}
