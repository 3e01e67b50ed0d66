package io.stagedoor.proxy.testing;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Hears everything that the proxy logs, at every level, and keeps it from the console. What others
 * log is heard at the level that is set for them.
 */
public final class LogWatch implements AutoCloseable {

    private static final String ACCESS = "stagedoor.access";
    private static final List<String> OWN = List.of("io.stagedoor", "stagedoor");

    private final Ear ear = new Ear();

    private LogWatch() {}

    /** Begins to listen. */
    public static LogWatch start() {
        LogWatch watch = new LogWatch();
        watch.ear.start();
        for (String name : OWN) {
            Logger logger = logger(name);
            logger.setLevel(Level.TRACE);
            logger.setAdditive(false);
            logger.addAppender(watch.ear);
        }
        logger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(watch.ear);
        return watch;
    }

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }

    /** Gives what was logged since it was last taken: message, keys, values and stack traces. */
    public String take() {
        return ear.take();
    }

    /** Fails if a line was broken in two by something that was logged. */
    public void assertWholeLines() {
        assertThat(ear.brokenLines()).as("lines broken in two").isEmpty();
    }

    @Override
    public void close() {
        for (String name : OWN) {
            Logger logger = logger(name);
            logger.detachAppender(ear);
            logger.setAdditive(true);
            logger.setLevel(null);
        }
        logger(org.slf4j.Logger.ROOT_LOGGER_NAME).detachAppender(ear);
    }

    private static final class Ear extends AppenderBase<ILoggingEvent> {

        private final StringBuilder text = new StringBuilder();
        private final List<String> broken = new ArrayList<>();

        @Override
        protected synchronized void append(ILoggingEvent event) {
            String line = event.getFormattedMessage() + " " + event.getKeyValuePairs();
            text.append(event.getLoggerName()).append(' ').append(line).append('\n');
            if (event.getThrowableProxy() != null) {
                text.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
            boolean whole =
                    event.getLoggerName().equals(ACCESS)
                            ? event.getFormattedMessage()
                                    .lines()
                                    .allMatch(one -> one.startsWith("{") && one.endsWith("}"))
                            : line.chars().noneMatch(Character::isISOControl);
            if (!whole) {
                broken.add(line);
            }
        }

        synchronized String take() {
            String taken = text.toString();
            text.setLength(0);
            return taken;
        }

        synchronized List<String> brokenLines() {
            return List.copyOf(broken);
        }
    }
}
