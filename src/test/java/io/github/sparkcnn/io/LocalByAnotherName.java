package io.github.sparkcnn.io;

import java.net.URI;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** Local files under a scheme of their own, in which a test has something go wrong. */
abstract class LocalByAnotherName extends RawLocalFileSystem {

    /** Asked for before this has been constructed. */
    abstract String scheme();

    @Override
    public final URI getUri() {
        return URI.create(scheme() + ":///");
    }

    @Override
    protected final void checkPath(Path path) {
        // All are its own.
    }
}
