package io.github.sparkcnn.kernel;

import java.util.List;

/** What computes. */
public record BackendReport(String name, String kernels, List<String> devices) {}
