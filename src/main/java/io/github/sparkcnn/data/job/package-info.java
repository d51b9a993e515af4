/** What Spark's jobs are called, for Spark's own page and for whoever waits for them. Depends on Spark. */
package io.github.sparkcnn.data.job;
