package org.rapaio.jupyter.kernel.channels;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

import org.rapaio.jupyter.kernel.MainApp;
import org.rapaio.jupyter.kernel.core.ConnectionProperties;
import org.rapaio.jupyter.kernel.core.RapaioKernel;
import org.rapaio.jupyter.kernel.core.Transform;

/** Starts the kernel as {@link MainApp} does, but serves its channels only when all their handlers are there. */
public final class KernelApp {
    private KernelApp() {}

    /** @param arguments the path of Jupyter's connection file */
    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        String connection = Files.readString(Path.of(arguments[0]));
        Channels channels = new Channels(Transform.fromJson(connection, ConnectionProperties.class));
        channels.connect(kernel());
        LoopThread.CONNECTED.countDown();
        channels.joinUntilClose();
    }

    /** The kernel, which is made at first sight, without the line that it prints for each of some hundred jars. */
    private static RapaioKernel kernel() {
        PrintStream out = System.out;
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        try {
            return MainApp.kernel;
        } finally {
            System.setOut(out);
        }
    }
}
