/**
 * {@code report.html}: one page that says how a run went, complete in itself, made of epochs' metrics and of plain records of its own.
 * Depends on {@code track}.
 */
package io.github.sparkcnn.track.report;
