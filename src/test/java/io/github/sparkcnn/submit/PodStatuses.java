package io.github.sparkcnn.submit;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Instant;

/** What a kubelet says of a pod. */
final class PodStatuses {

    private PodStatuses() {}

    static PodStatus running(Pod pod, String ip) {
        return status(
                pod,
                "Running",
                ip,
                new ContainerStateBuilder()
                        .withNewRunning(Instant.now().toString())
                        .build());
    }

    /** Of a pod that had been running. */
    static PodStatus ended(Pod pod, String ip, int code) {
        return status(
                pod,
                code == 0 ? "Succeeded" : "Failed",
                ip,
                new ContainerStateBuilder()
                        .withNewTerminated()
                        .withExitCode(code)
                        .withReason(code == 0 ? "Completed" : "Error")
                        .withFinishedAt(Instant.now().toString())
                        .endTerminated()
                        .build());
    }

    private static PodStatus status(Pod pod, String phase, String ip, ContainerState state) {
        boolean running = state.getRunning() != null;
        return new PodStatusBuilder()
                .withPhase(phase)
                .withPodIP(ip)
                .withStartTime(Instant.now().toString())
                .addNewCondition()
                .withType("Ready")
                .withStatus(running ? "True" : "False")
                .endCondition()
                .addNewContainerStatus()
                .withName(pod.getSpec().getContainers().get(0).getName())
                .withImage(pod.getSpec().getContainers().get(0).getImage())
                .withReady(running)
                .withState(state)
                .endContainerStatus()
                .build();
    }
}
