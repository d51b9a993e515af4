package io.github.sparkcnn.allreduce.transport;

import static java.lang.invoke.MethodType.methodType;

import io.github.sparkcnn.UserException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.Optional;
import org.apache.spark.SSLOptions;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.apache.spark.network.netty.SparkTransportConf;
import org.apache.spark.network.util.TransportConf;
import scala.Option;

/**
 * What Spark's network library is set to, in the words of the Spark at hand: Spark 4 encrypts by TLS where
 * {@code spark.ssl.rpc.enabled} is set, and takes the options of that as one parameter more than Spark 3.5 has.
 */
final class NetworkSettings {
    private static final Lookup SPARK = MethodHandles.publicLookup();
    private static final MethodType SPARK_3 =
            methodType(TransportConf.class, SparkConf.class, String.class, int.class, Option.class);
    private static final NetworkSettings OF_THIS_SPARK = new NetworkSettings(SparkTransportConf.class);
    private static final Optional<MethodHandle> TLS =
            found(() -> SPARK.findVirtual(SecurityManager.class, "getRpcSSLOptions", methodType(SSLOptions.class)));

    private final Optional<MethodHandle> factory;

    /** Of a class that has {@code fromSparkConf} of one of the two. */
    NetworkSettings(Class<?> home) {
        factory = found(() -> SPARK.findStatic(home, "fromSparkConf", SPARK_3.appendParameterTypes(Option.class)))
                .or(() -> found(() -> SPARK.findStatic(home, "fromSparkConf", SPARK_3))
                        .map(three -> MethodHandles.dropArguments(three, SPARK_3.parameterCount(), Option.class)));
    }

    static NetworkSettings ofThisSpark() {
        return OF_THIS_SPARK;
    }

    /** How this Spark's processes encrypt what they say to each other; empty where it knows no TLS for that. */
    static Optional<SSLOptions> tls(SecurityManager security) {
        return TLS.map(options -> (SSLOptions) call(options, security));
    }

    /** The settings of a module, with so many threads for its clients and its servers. */
    TransportConf of(SparkConf conf, String module, int threads, Optional<SSLOptions> tls) {
        return (TransportConf) call(
                factory.orElseThrow(() -> new UserException(
                        "average between workers",
                        "this Spark has no SparkTransportConf.fromSparkConf as Spark 3.5 or Spark 4 has it",
                        "Use Spark 3.5 or Spark 4")),
                conf,
                module,
                threads,
                Option.empty(),
                Option.apply(tls.orElse(null)));
    }

    private static Object call(MethodHandle method, Object... arguments) {
        try {
            return method.invokeWithArguments(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) { // none of them declares any
            throw new IllegalStateException(e);
        }
    }

    private interface Search {
        MethodHandle find() throws NoSuchMethodException, IllegalAccessException;
    }

    private static Optional<MethodHandle> found(Search search) {
        try {
            return Optional.of(search.find());
        } catch (NoSuchMethodException | IllegalAccessException e) {
            return Optional.empty();
        }
    }
}
