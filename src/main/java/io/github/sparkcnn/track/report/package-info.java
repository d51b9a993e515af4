/**
 * {@code report.html}: one page that says how a run went, complete in itself, made of epochs' metrics and of plain records of its own.
 * Depends on {@code io}, {@code track} and Hadoop.
 */
package io.github.sparkcnn.track.report;
