package io.stagedoor.proxy.admin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The resources by their paths: the exact one first, else the longest that it is below. */
final class ResourceTable {

    private final Map<String, AdminResource> byPath = new LinkedHashMap<>();

    ResourceTable(Collection<AdminResource> resources) {
        for (AdminResource resource : resources) {
            if (byPath.put(resource.path(), resource) != null) {
                throw new IllegalArgumentException(
                        "two resources have the path `" + resource.path() + "`");
            }
        }
    }

    /**
     * Finds the resource of a request.
     *
     * @throws AdminRefusal if there is none, or it does not have the method
     */
    AdminResource find(String method, String path) throws AdminRefusal {
        AdminResource found = byPath.get(path);
        for (int slash = path.lastIndexOf('/');
                found == null && slash > 0;
                slash = path.lastIndexOf('/', slash - 1)) {
            found = byPath.get(path.substring(0, slash + 1));
        }
        if (found == null) {
            throw AdminRefusal.of(404, "not_found", "there is nothing at this path");
        }
        List<String> methods = methodsOf(found);
        if (!methods.contains(method)) {
            throw AdminRefusal.of(405, "method_not_allowed", "this path does not have the method")
                    .with("Allow", String.join(", ", methods));
        }
        return found;
    }

    private static List<String> methodsOf(AdminResource resource) {
        TreeSet<String> methods = new TreeSet<>(resource.methods());
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        return new ArrayList<>(methods);
    }
}
