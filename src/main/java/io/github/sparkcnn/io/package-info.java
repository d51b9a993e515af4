/**
 * Hadoop paths: what a user's path means, reading, and writing that is whole or not there. Depends on Hadoop's file systems
 * only.
 */
package io.github.sparkcnn.io;
