/**
 * {@code report.html}: one page that says how a run went, complete in itself, made of epochs' metrics and of plain records of its own;
 * how it is written while the run goes on, and shown to browsers on this machine. Depends on {@code io}, {@code track} and
 * Hadoop.
 */
package io.github.sparkcnn.track.report;
