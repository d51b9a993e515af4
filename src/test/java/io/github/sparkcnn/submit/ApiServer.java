package io.github.sparkcnn.submit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import okhttp3.Headers;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okio.Buffer;

/** Kubernetes' API server on 127.0.0.1: fabric8's, in memory, and what it lacks of what Spark and a kubelet count on. */
final class ApiServer implements AutoCloseable {

    /** A pod that is deleted stays, with a time of its deletion, until the kubelet has taken this from it. */
    static final String KUBELETS = "sparkcnn.test/kubelet";

    /** Kept, or its level would be forgotten. */
    private static final Logger REQUESTS = Logger.getLogger(MockWebServer.class.getName());

    private final Objects objects = new Objects();
    private final KubernetesMockServer server = new KubernetesMockServer(
            new Context(new ObjectMapper()), new MockWebServer(), new HashMap<>(), objects, false);
    private final KubernetesClient client;
    private final List<MockWebServer> doors = new ArrayList<>();

    ApiServer() {
        REQUESTS.setLevel(Level.WARNING);
        server.init(InetAddress.getLoopbackAddress(), 0);
        client = server.createClient();
    }

    String url() {
        return "http://127.0.0.1:" + server.getPort();
    }

    /** Another address of it, for those who have a role and no more rights. */
    String url(Role role) throws IOException {
        MockWebServer door = new MockWebServer();
        doors.add(door);
        door.setDispatcher(new RoleDispatcher(role, objects));
        door.start(InetAddress.getLoopbackAddress(), 0);
        return "http://127.0.0.1:" + door.getPort();
    }

    KubernetesClient client() {
        return client;
    }

    @Override
    public void close() throws IOException {
        client.close();
        for (MockWebServer door : doors) {
            door.shutdown();
        }
        server.destroy();
    }

    private static final class Objects extends KubernetesCrudDispatcher {

        private static final String APPLY = PatchType.SERVER_SIDE_APPLY.getContentType();

        /** A new pod is pending, and its end is the kubelet's. */
        @Override
        public MockResponse handleCreate(RecordedRequest request) {
            if (!path(request).endsWith("/pods")) {
                return super.handleCreate(request);
            }
            try {
                ObjectNode pod =
                        (ObjectNode) new ObjectMapper().readTree(body(request).readUtf8());
                pod.withObject("/metadata").withArray("finalizers").add(KUBELETS);
                pod.putObject("status").put("phase", "Pending");
                return super.handleCreate(
                        request("POST", path(request), request.getHeaders(), new Buffer().writeUtf8(pod.toString())));
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
        }

        /** To apply is to create what is not there, and to merge into what is. */
        @Override
        public MockResponse handlePatch(RecordedRequest request) {
            String type = request.getHeader("Content-Type");
            if (type == null || !type.startsWith(APPLY)) {
                return super.handlePatch(request);
            }
            MockResponse merged = super.handlePatch(request(
                    "PATCH",
                    path(request),
                    Headers.of("Content-Type", PatchType.JSON_MERGE.getContentType()),
                    body(request)));
            if (!merged.getStatus().contains(" " + HttpURLConnection.HTTP_NOT_FOUND + " ")) {
                return merged;
            }
            String path = path(request);
            return super.handleCreate(
                    request("POST", path.substring(0, path.lastIndexOf('/')), request.getHeaders(), body(request)));
        }

        private static String path(RecordedRequest request) {
            return request.getPath().replaceAll("\\?.*", "");
        }

        private static Buffer body(RecordedRequest request) {
            return request.getBody().clone();
        }

        private static RecordedRequest request(String method, String path, Headers headers, Buffer body) {
            return new RecordedRequest(
                    method + " " + path + " HTTP/1.1", headers, List.of(), body.size(), body, 0, new Socket());
        }
    }
}
