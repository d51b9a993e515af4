/**
 * {@code report.html}: one page that says how a run went, complete in itself. Takes the metrics of {@code track} and plain
 * records of its own, and depends on nothing else here.
 */
package io.github.sparkcnn.track.report;
