package io.github.sparkcnn;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** The warnings and errors that are logged in this process while it is open, each as the lines that it takes. */
public final class LogLines implements AutoCloseable {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger root = (Logger) LogManager.getRootLogger();
    private final Listener listener = new Listener();

    public LogLines() {
        listener.start();
        root.addAppender(listener);
    }

    public List<String> lines() {
        return lines;
    }

    @Override
    public void close() {
        root.removeAppender(listener);
        listener.stop();
    }

    private final class Listener extends AbstractAppender {
        Listener() {
            super("lines", null, null, true, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            String logger = event.getLoggerName();
            lines.add(logger.substring(logger.lastIndexOf('.') + 1) + ": "
                    + event.getMessage().getFormattedMessage());
            if (event.getThrown() != null) {
                lines.add(event.getThrown().toString());
            }
        }
    }
}
