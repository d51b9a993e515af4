package org.rapaio.jupyter.kernel.channels;

/**
 * Stands before the class of the same name in rapaio-jupyter-kernel 3.0.1, which sets {@code running} only after the thread
 * has started: on a busy machine the thread sees it false and ends, and the kernel never answers (2 of 20 starts).
 */
public final class LoopThread extends Thread {
    private final long sleepMillis;
    private final Runnable body;
    private volatile boolean running = true;

    public LoopThread(String name, long sleepMillis, Runnable body) {
        super(name);
        this.sleepMillis = sleepMillis;
        this.body = body;
    }

    @Override
    public void run() {
        try {
            while (running) {
                body.run();
                Thread.sleep(sleepMillis);
            }
        } catch (InterruptedException e) {
            running = false;
        }
    }

    public void shutdown() {
        running = false;
    }
}
