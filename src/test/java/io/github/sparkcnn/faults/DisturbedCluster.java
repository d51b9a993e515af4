package io.github.sparkcnn.faults;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/** A cluster with two executors of a core each, on this machine, whose parts can be made to fail. */
interface DisturbedCluster extends AutoCloseable {

    /** Spark's properties for a driver in a process of its own. */
    Map<String, String> properties();

    /** Which faults it can have. */
    List<Fault> faults();

    /** Where a run goes, in the words of {@code --output}. */
    String output(String run);

    /** Opens a file of a run. */
    InputStream open(String run, String file) throws IOException;

    /** Takes a run's files away. */
    void delete(String run) throws IOException;

    /** The processes of all executors. */
    List<ProcessHandle> executors();

    /**
     * Makes a fault of the cluster's own happen.
     *
     * @param victim which of two, where there is a choice
     */
    void strike(Fault fault, int victim) throws Exception;

    /** Makes the cluster whole again. */
    default void mend() throws Exception {}

    @Override
    void close();
}
