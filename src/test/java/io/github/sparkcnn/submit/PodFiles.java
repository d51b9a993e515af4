package io.github.sparkcnn.submit;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The volumes of a pod as folders, and where a path of its container is on this machine, whose processes share one file system. */
final class PodFiles {

    private static final int PATIENCE_SECONDS = 60;

    private final Map<String, Path> places = new HashMap<>();
    private final Pattern containers;

    private PodFiles(Map<String, Path> places) {
        this.places.putAll(places);
        containers = Pattern.compile(this.places.keySet().stream()
                .sorted(Comparator.comparing(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|", "(?<![\\w.-])(", ")(?![\\w.-])")));
    }

    /** Makes the volumes of a pod in a folder; waits for configuration that is not there yet, as Spark makes it behind the driver's pod. */
    static PodFiles mount(Pod pod, Path folder, ContainerImage image, KubernetesClient client)
            throws IOException, InterruptedException {
        Map<String, Path> volumes = new HashMap<>();
        for (Volume volume : pod.getSpec().getVolumes()) {
            volumes.put(
                    volume.getName(),
                    volume.getHostPath() != null
                            ? Path.of(volume.getHostPath().getPath())
                            : Files.createDirectories(folder.resolve(volume.getName())));
        }
        Map<String, Path> places = new HashMap<>(image.places());
        for (VolumeMount mount : pod.getSpec().getContainers().get(0).getVolumeMounts()) {
            places.put(mount.getMountPath(), volumes.get(mount.getName()));
        }
        PodFiles files = new PodFiles(places);
        for (Volume volume : pod.getSpec().getVolumes()) {
            if (volume.getConfigMap() != null) {
                files.write(
                        volume.getConfigMap(),
                        volumes.get(volume.getName()),
                        await(
                                client,
                                pod.getMetadata().getNamespace(),
                                volume.getConfigMap().getName()));
            } else if (volume.getHostPath() == null && volume.getEmptyDir() == null) {
                throw new IllegalStateException("no such volume is made here: " + volume);
            }
        }
        return files;
    }

    /** A text of the container's with this machine's paths. */
    String here(String text) {
        return containers
                .matcher(text)
                .replaceAll(path ->
                        Matcher.quoteReplacement(places.get(path.group()).toString()));
    }

    private void write(ConfigMapVolumeSource source, Path volume, ConfigMap map) throws IOException {
        Map<String, String> names = source.getItems().isEmpty()
                ? map.getData().keySet().stream().collect(Collectors.toMap(key -> key, key -> key))
                : source.getItems().stream().collect(Collectors.toMap(KeyToPath::getKey, KeyToPath::getPath));
        for (Map.Entry<String, String> name : names.entrySet()) {
            String text = map.getData().get(name.getKey());
            if (text == null) {
                throw new IllegalStateException(map.getMetadata().getName() + " has no " + name.getKey());
            }
            Files.writeString(
                    volume.resolve(name.getValue()), name.getKey().equals("spark.properties") ? drivers(text) : text);
        }
    }

    /** The driver's properties as it needs them here; those that it hands to executors are for their containers. */
    private String drivers(String properties) {
        return properties
                .lines()
                .map(line -> line.startsWith("spark.executor") ? line : here(line))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static ConfigMap await(KubernetesClient client, String namespace, String name) throws InterruptedException {
        ConfigMap map = client.configMaps()
                .inNamespace(namespace)
                .withName(name)
                .waitUntilCondition(there -> there != null, PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return map;
    }
}
