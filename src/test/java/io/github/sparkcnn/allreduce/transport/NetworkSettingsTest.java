package io.github.sparkcnn.allreduce.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SSLOptions;
import org.apache.spark.SparkConf;
import org.apache.spark.network.util.MapConfigProvider;
import org.apache.spark.network.util.TransportConf;
import org.junit.jupiter.api.Test;
import scala.Option;

/** Against stand-ins for the two Sparks' factories of settings; what comes out says by its module which was called. */
class NetworkSettingsTest {

    private static final SparkConf CONF = new SparkConf(false).set("spark.allreduce.io.mode", "EPOLL");

    /** As in Spark 3.5. */
    public static final class OfSpark3 {
        private OfSpark3() {}

        public static TransportConf fromSparkConf(SparkConf conf, String module, int threads, Option<String> role) {
            return settings(module + " of " + threads + " without TLS, role " + role);
        }
    }

    /** As in Spark 4. */
    public static final class OfSpark4 {
        private OfSpark4() {}

        public static TransportConf fromSparkConf(
                SparkConf conf, String module, int threads, Option<String> role, Option<SSLOptions> tls) {
            return settings(module + " of " + threads + " with TLS " + tls.isDefined() + ", role " + role);
        }
    }

    @Test
    void asksSpark3WithoutTls() {
        assertThat(module(OfSpark3.class, Optional.empty())).isEqualTo("allreduce of 2 without TLS, role None");
    }

    @Test
    void passesSpark4ItsTls() {
        SSLOptions tls = SSLOptions.parse(CONF, new Configuration(false), "spark.ssl.rpc", Option.empty());

        assertThat(module(OfSpark4.class, Optional.of(tls))).isEqualTo("allreduce of 2 with TLS true, role None");
        assertThat(module(OfSpark4.class, Optional.empty())).isEqualTo("allreduce of 2 with TLS false, role None");
    }

    @Test
    void refusesASparkThatHasNeither() {
        assertThatThrownBy(() -> module(String.class, Optional.empty()))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "Cannot average between workers: this Spark has no SparkTransportConf.fromSparkConf as Spark 3.5 or"
                                + " Spark 4 has it. Use Spark 3.5 or Spark 4.");
    }

    @Test
    void theSparkAtHandIsSetByItsOwnKeys() {
        TransportConf settings = NetworkSettings.ofThisSpark().of(CONF, "allreduce", 2, Optional.empty());

        assertThat(settings.getModuleName()).isEqualTo("allreduce");
        assertThat(settings.ioMode()).isEqualTo("EPOLL");
        assertThat(settings.serverThreads()).isEqualTo(2);
        assertThat(settings.clientThreads()).isEqualTo(2);
    }

    private static String module(Class<?> factory, Optional<SSLOptions> tls) {
        return new NetworkSettings(factory).of(CONF, "allreduce", 2, tls).getModuleName();
    }

    private static TransportConf settings(String module) {
        return new TransportConf(module, new MapConfigProvider(Map.of()));
    }
}
