package io.github.sparkcnn.submit;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs an API server's pods as processes of this machine, each at an address of its own in 127.0.1.0/24, and says what becomes of them. Nothing
 * confines them: users, limits and the read-only file system are only written in the pods.
 */
final class Kubelet implements Watcher<Pod>, AutoCloseable {

    /** What Kubernetes has where a pod does not say. */
    private static final int GRACE_SECONDS = 30;
    /** The exit code of a container that was never started. */
    private static final int CANNOT_RUN = 128;

    private final KubernetesClient client;
    private final Path folder;
    private final ContainerImage image;
    private final ClusterNames names;
    private final List<Pod> seen = new CopyOnWriteArrayList<>();
    private final Map<String, Container> containers = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** A pod's container: its process if there is one, that its end has been reported, and that its end has been asked for. */
    private record Container(
            CompletableFuture<Optional<Process>> started, CompletableFuture<Void> ended, AtomicBoolean asked) {
        Container() {
            this(new CompletableFuture<>(), new CompletableFuture<>(), new AtomicBoolean());
        }
    }

    private Kubelet(KubernetesClient client, Path folder, ContainerImage image) throws IOException {
        this.client = client;
        this.folder = folder;
        this.image = image;
        this.names = new ClusterNames(folder.resolve("hosts"));
    }

    static Kubelet start(KubernetesClient client, Path folder, ContainerImage image) throws IOException {
        Kubelet kubelet = new Kubelet(client, folder, image);
        client.services().inAnyNamespace().watch(kubelet.names);
        client.pods().inAnyNamespace().watch(kubelet);
        return kubelet;
    }

    /** All pods that it has seen, as Spark has made them, in that order. */
    List<Pod> pods() {
        return List.copyOf(seen);
    }

    /** What a pod's container has printed. */
    String log(Pod pod) {
        try {
            return Files.readString(log(pod.getMetadata().getName()));
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void eventReceived(Action action, Pod pod) {
        if (action == Action.DELETED) {
            return;
        }
        String name = pod.getMetadata().getName();
        boolean gone = pod.getMetadata().getDeletionTimestamp() != null;
        Container container = containers.get(name);
        if (container == null && !gone) {
            seen.add(pod);
            containers.put(name, new Container());
            String ip = "127.0.1." + seen.size();
            threads.execute(() -> run(pod, ip, containers.get(name)));
        } else if (container != null && gone && container.asked().compareAndSet(false, true)) {
            threads.execute(() -> terminate(pod, container));
        }
    }

    @Override
    public void onClose(WatcherException cause) {}

    private void run(Pod pod, String ip, Container container) {
        int code = CANNOT_RUN;
        try {
            names.add(new PodBuilder(pod).editStatus().withPodIP(ip).endStatus().build());
            Process process = start(pod, ip);
            report(pod, PodStatuses.running(pod, ip));
            container.started().complete(Optional.of(process));
            code = process.waitFor();
        } catch (IOException | RuntimeException e) {
            container.started().complete(Optional.empty());
            throw new IllegalStateException("cannot run " + pod.getMetadata().getName(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            report(pod, PodStatuses.ended(pod, ip, code));
            container.ended().complete(null);
        }
    }

    private Process start(Pod pod, String ip) throws IOException, InterruptedException {
        String name = pod.getMetadata().getName();
        PodFiles files = PodFiles.mount(pod, Files.createDirectories(folder.resolve(name)), image, client);
        List<String> command = new ArrayList<>(List.of(image.entrypoint().toString()));
        pod.getSpec().getContainers().get(0).getArgs().forEach(word -> command.add(files.here(word)));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(new File(files.here("/opt/spark/work-dir")))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(log(name).toFile()));
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", System.getProperty("java.home") + "/bin:" + System.getenv("PATH"));
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("SPARK_HOME", image.spark().toString());
        environment.put("JAVA_TOOL_OPTIONS", names.javaOption() + " -Djava.io.tmpdir=" + files.here("/tmp"));
        for (EnvVar variable : pod.getSpec().getContainers().get(0).getEnv()) {
            environment.put(variable.getName(), files.here(value(variable, pod, ip)));
        }
        return builder.start();
    }

    private static String value(EnvVar variable, Pod pod, String ip) {
        if (variable.getValueFrom() == null) {
            return variable.getValue() == null ? "" : variable.getValue();
        }
        String field = variable.getValueFrom().getFieldRef().getFieldPath();
        return switch (field) {
            case "status.podIP" -> ip;
            case "metadata.name" -> pod.getMetadata().getName();
            default -> throw new IllegalStateException("no such field is given here: " + field);
        };
    }

    /** Asks the container to end, makes it end when its time is over, and lets the API server forget the pod. */
    private void terminate(Pod pod, Container container) {
        container.started().join().ifPresent(process -> {
            process.destroy();
            process.onExit()
                    .completeOnTimeout(process, GRACE_SECONDS, TimeUnit.SECONDS)
                    .join();
            process.destroyForcibly();
        });
        container.ended().join();
        client.pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .edit(it -> new PodBuilder(it)
                        .editMetadata()
                        .withFinalizers()
                        .endMetadata()
                        .build());
    }

    private void report(Pod pod, PodStatus status) {
        client.pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .editStatus(it -> new PodBuilder(it).withStatus(status).build());
    }

    private Path log(String pod) {
        return folder.resolve(pod + ".log");
    }

    /** Ends all containers. */
    @Override
    public void close() {
        for (Container container : containers.values()) {
            container
                    .started()
                    .getNow(Optional.empty())
                    .ifPresent(process -> process.destroyForcibly().onExit().join());
        }
        threads.shutdownNow();
    }
}
