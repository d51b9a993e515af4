package io.github.sparkcnn.config.hocon;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import java.io.File;
import java.net.URL;

/**
 * Typesafe's parser for texts that stand alone. By itself it would look for what a text includes on the class path or the driver's disk, take
 * what is not there for an empty file, and fetch an address.
 */
final class HoconParser {

    private static final ConfigParseOptions ALONE =
            ConfigParseOptions.defaults().setIncluder(new Refusal());

    private HoconParser() {}

    /**
     * The text's values, with substitutions as they stand.
     *
     * @param name of the text, for messages
     * @throws Include where it includes another
     * @throws ConfigException where it is no HOCON
     */
    static Config parse(String name, String text) {
        return ConfigFactory.parseString(text, ALONE.setOriginDescription(name));
    }

    /** What the parser comes upon before it has opened anything. */
    static final class Include extends ConfigException {
        private static final long serialVersionUID = 1L;

        private Include() {
            super("it includes another file");
        }
    }

    /** Of every kind of include: for one that was missing here the parser would take its own. */
    private static final class Refusal
            implements ConfigIncluder, ConfigIncluderClasspath, ConfigIncluderFile, ConfigIncluderURL {

        @Override
        public ConfigIncluder withFallback(ConfigIncluder parsers) {
            return this;
        }

        @Override
        public ConfigObject include(ConfigIncludeContext context, String what) {
            throw new Include();
        }

        @Override
        public ConfigObject includeResources(ConfigIncludeContext context, String what) {
            throw new Include();
        }

        @Override
        public ConfigObject includeFile(ConfigIncludeContext context, File what) {
            throw new Include();
        }

        @Override
        public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
            throw new Include();
        }
    }
}
