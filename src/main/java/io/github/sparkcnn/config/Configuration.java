package io.github.sparkcnn.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import java.util.Map;

/**
 * Everything that a run may be told, after precedence and validation.
 *
 * @param effective every key with the value in force, as it is printed and saved
 */
public record Configuration(
        DataConfig data,
        NetworkConfig network,
        TrainingConfig training,
        DeviceConfig device,
        Map<String, Object> effective) {

    static Configuration of(Config resolved) {
        Keys keys = new Keys(resolved);
        return new Configuration(
                DataConfig.of(keys.under("data")),
                NetworkConfig.of(keys.under("network")),
                TrainingConfig.of(keys.under("training")),
                DeviceConfig.of(keys.under("device")),
                resolved.root().unwrapped());
    }

    /** The effective configuration as HOCON, one key a line, for people. */
    public String render() {
        return com.typesafe.config.ConfigFactory.parseMap(effective)
                .root()
                .render(ConfigRenderOptions.defaults().setOriginComments(false).setJson(false));
    }
}
