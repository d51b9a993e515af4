package io.github.sparkcnn.submit;

import io.fabric8.kubernetes.api.model.rbac.Role;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;

/** Forbids what a role does not allow in its namespace, and hands on the rest. */
final class RoleDispatcher extends Dispatcher {

    private static final Pattern OBJECTS = Pattern.compile("/api/v1/namespaces/[^/]+/([^/]+)(/[^/]+)?");

    private final Role role;
    private final Dispatcher next;

    RoleDispatcher(Role role, Dispatcher next) {
        this.role = role;
        this.next = next;
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
        String[] parts = request.getPath().split("\\?", 2);
        Matcher objects = OBJECTS.matcher(parts[0]);
        if (objects.matches()
                && allows(
                        objects.group(1),
                        verb(request.getMethod(), objects.group(2) != null, parts[parts.length - 1]))) {
            return next.dispatch(request);
        }
        return new MockResponse().setResponseCode(HttpURLConnection.HTTP_FORBIDDEN);
    }

    private boolean allows(String resource, String verb) {
        return role.getRules().stream()
                .anyMatch(rule -> rule.getApiGroups().equals(List.of(""))
                        && rule.getResources().contains(resource)
                        && rule.getVerbs().contains(verb));
    }

    private static String verb(String method, boolean one, String query) {
        return switch (method) {
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> one ? "delete" : "deletecollection";
            default -> query.contains("watch=true") ? "watch" : one ? "get" : "list";
        };
    }
}
