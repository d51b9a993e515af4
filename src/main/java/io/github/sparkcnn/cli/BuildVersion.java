package io.github.sparkcnn.cli;

import io.github.sparkcnn.track.Versions;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class BuildVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"sparkcnn " + Versions.sparkcnn() + " (" + Versions.gitCommit() + ")"};
    }
}
