/**
 * The bytes of one encoded image, as they lie in a file or in a table's column, become planes of unsigned bytes: what it is told by
 * its first bytes, its header, its pixels, its channels and size as a data set wants them. Depends on {@code image}.
 */
package io.github.sparkcnn.data.decode;
