package io.github.sparkcnn.submit;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The cluster's names in a file as /etc/hosts, which Java asks: a headless service is called by the address of its pod. */
final class ClusterNames implements Watcher<Service> {

    private final Path file;
    private final List<Pod> pods = new CopyOnWriteArrayList<>();
    private final List<Service> services = new CopyOnWriteArrayList<>();

    ClusterNames(Path file) throws IOException {
        this.file = file;
        write();
    }

    /** What a JVM of the cluster is started with. */
    String javaOption() {
        return "-Djdk.net.hosts.file=" + file;
    }

    /** Takes note of a pod that has an address. */
    void add(Pod pod) {
        pods.add(pod);
        update();
    }

    @Override
    public void eventReceived(Action action, Service service) {
        if (action == Action.ADDED) {
            services.add(service);
            update();
        }
    }

    @Override
    public void onClose(WatcherException cause) {}

    private void update() {
        try {
            write();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private synchronized void write() throws IOException {
        StringBuilder lines = new StringBuilder(
                "127.0.0.1 localhost\n127.0.0.1 " + InetAddress.getLocalHost().getHostName() + "\n");
        for (Service service : services) {
            for (Pod pod : pods) {
                if (pod.getMetadata()
                        .getLabels()
                        .entrySet()
                        .containsAll(service.getSpec().getSelector().entrySet())) {
                    lines.append(pod.getStatus().getPodIP())
                            .append(' ')
                            .append(service.getMetadata().getName())
                            .append('.')
                            .append(service.getMetadata().getNamespace())
                            .append(".svc\n");
                }
            }
        }
        // A JVM reads it anew for each name.
        Path whole = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), lines);
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
