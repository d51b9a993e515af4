/** One picocli class per command, and the one place where exceptions become text and exit codes. */
package io.github.sparkcnn.cli;
