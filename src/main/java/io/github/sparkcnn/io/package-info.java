/**
 * What is read and written: what a user's path means to Hadoop, reading with the sum of the bytes read, writing that is whole or
 * not there, and how JSON, CSV fields and checksums look. Depends on Hadoop's file systems and Jackson only.
 */
package io.github.sparkcnn.io;
