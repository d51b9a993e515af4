package io.github.sparkcnn.soak;

import com.sun.management.UnixOperatingSystemMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Another JVM, asked for what it holds. */
final class WatchedProcess implements AutoCloseable {

    private static final double MEGA = 1024.0 * 1024;
    private static final long DEALLOCATOR_MILLIS = 200;

    private final Path status;
    private final JMXConnector connector;
    private final MemoryMXBean memory;
    private final ThreadMXBean threads;
    private final UnixOperatingSystemMXBean system;

    private WatchedProcess(Path status, JMXConnector connector) throws IOException {
        this.status = status;
        this.connector = connector;
        MBeanServerConnection server = connector.getMBeanServerConnection();
        this.memory = ManagementFactory.getPlatformMXBean(server, MemoryMXBean.class);
        this.threads = ManagementFactory.getPlatformMXBean(server, ThreadMXBean.class);
        this.system = ManagementFactory.getPlatformMXBean(server, UnixOperatingSystemMXBean.class);
    }

    @SuppressWarnings("BanJNDI") // the address is that of a process of our own
    static WatchedProcess attach(long pid) throws IOException, AttachNotSupportedException {
        VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
        try {
            String address = machine.startLocalManagementAgent();
            return new WatchedProcess(
                    Path.of("/proc", Long.toString(pid), "status"),
                    JMXConnectorFactory.connect(new JMXServiceURL(address)));
        } finally {
            machine.detach();
        }
    }

    /** ND4J and JavaCPP free what the collector has found, in threads of their own. */
    void collectGarbage() throws InterruptedException {
        memory.gc();
        TimeUnit.MILLISECONDS.sleep(DEALLOCATOR_MILLIS);
        memory.gc();
    }

    /** One of the figures that a process has. */
    double figure(Figure figure) throws IOException {
        return switch (figure) {
            case HEAP -> memory.getHeapMemoryUsage().getUsed() / MEGA;
            case OUTSIDE -> resident() - memory.getHeapMemoryUsage().getCommitted() / MEGA;
            case THREADS -> threads.getThreadCount();
            case FILES -> system.getOpenFileDescriptorCount();
            default -> throw new IllegalArgumentException(figure.title());
        };
    }

    private double resident() throws IOException {
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElseThrow()
                    / 1024.0;
        }
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
