package io.github.sparkcnn.allreduce.transport;

import io.github.sparkcnn.UserException;
import io.netty.channel.unix.Errors.NativeIoException;
import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SSLOptions;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.client.TransportClientFactory;
import org.apache.spark.network.crypto.AuthClientBootstrap;
import org.apache.spark.network.crypto.AuthServerBootstrap;
import org.apache.spark.network.sasl.SecretKeyHolder;
import org.apache.spark.network.server.RpcHandler;
import org.apache.spark.network.server.TransportServer;
import org.apache.spark.network.server.TransportServerBootstrap;
import org.apache.spark.network.util.TransportConf;

/**
 * Spark's network as this process sees it. Spark's own keys hold: {@code spark.authenticate}, {@code spark.network.crypto.*},
 * on Spark 4 {@code spark.ssl.rpc.*}, {@code spark.network.timeout}, {@code spark.port.maxRetries}; the port is {@code spark.allreduce.port} (default: any free
 * one), {@code spark.allreduce.io.*} tunes it as {@code spark.shuffle.io.*} does the shuffle, and with
 * {@code spark.allreduce.shared-memory} = false workers of one host average over it like all others.
 *
 * @param conf Spark's
 * @param secrets the secret to authenticate with; empty where {@code spark.authenticate} is off
 * @param tls how to encrypt by TLS; empty where this Spark does not know how
 * @param bindHost the interface to listen on
 * @param host the name under which others reach this process
 * @param timeout without progress, after which a worker counts as lost
 */
public record Transport(
        SparkConf conf,
        Optional<SecretKeyHolder> secrets,
        Optional<SSLOptions> tls,
        String bindHost,
        String host,
        Duration timeout) {
    private static final String MODULE = "allreduce";
    private static final String IO = "spark." + MODULE + ".io.";
    private static final int THREADS = 2;
    private static final String PORT = "spark.allreduce.port";
    private static final String RETRIES = "spark.port.maxRetries";
    private static final String SHARED_MEMORY = "spark.allreduce.shared-memory";
    private static final int LAST_PORT = 65_535;

    /** The network of this driver or executor. */
    public static Transport ofSpark(Duration timeout) {
        SparkEnv env = SparkEnv.get();
        SparkConf conf = env.conf();
        boolean driver = env.executorId().equals("driver");
        String host = env.blockManager().blockManagerId().host();
        return new Transport(
                conf,
                conf.getBoolean("spark.authenticate", false) ? Optional.of(env.securityManager()) : Optional.empty(),
                NetworkSettings.tls(env.securityManager()),
                driver ? conf.get("spark.driver.bindAddress", host) : host,
                host,
                timeout);
    }

    /** Whether workers of one host average through memory that they share. */
    public boolean sharesMemory() {
        return sharesMemory(conf);
    }

    /**
     * Refuses, before there is anything to average, what no worker could go by.
     *
     * @throws UserException naming the property of Spark's
     */
    public static void requireUsable() {
        sharesMemory(SparkEnv.get().conf());
    }

    private static boolean sharesMemory(SparkConf conf) {
        String value = conf.get(SHARED_MEMORY, "true");
        if (!value.equals("true") && !value.equals("false")) {
            throw new UserException(
                    "average between workers", SHARED_MEMORY + " is " + value, "Set it to true or false");
        }
        return Boolean.parseBoolean(value);
    }

    /** {@code spark.network.timeout}. */
    public Duration networkTimeout() {
        return Duration.ofSeconds(conf.getTimeAsSeconds("spark.network.timeout", "120s"));
    }

    /** An open end: a server, and clients to others; {@code handler} sees what arrives at either. */
    public Endpoint open(RpcHandler handler) {
        TransportConf transport = NetworkSettings.ofThisSpark().of(patient(), MODULE, THREADS, tls);
        TransportContext context = new TransportContext(transport, handler);
        String user = conf.get("spark.app.id", MODULE);
        TransportClientFactory clients = context.createClientFactory(
                secrets.map(holder -> List.<org.apache.spark.network.client.TransportClientBootstrap>of(
                                new AuthClientBootstrap(transport, user, holder)))
                        .orElse(List.of()));
        try {
            return new Endpoint(context, listen(context, transport), clients);
        } catch (Exception e) {
            clients.close();
            context.close();
            throw e;
        }
    }

    /**
     * Who waits for a worker longer than {@code spark.network.timeout} must not lose the connection by that; and who tries to reach
     * one that lets nobody in has to say so before others miss its own word.
     */
    private SparkConf patient() {
        return conf.clone()
                .setIfMissing(
                        IO + "connectionTimeout", Math.max(networkTimeout().toSeconds(), 3 * timeout.toSeconds()) + "s")
                .setIfMissing(IO + "connectionCreationTimeout", Math.max(1, timeout.toSeconds() / 3) + "s");
    }

    private TransportServer listen(TransportContext context, TransportConf transport) {
        int port = conf.getInt(PORT, 0);
        int retries = port == 0 ? 0 : conf.getInt(RETRIES, 16);
        for (int attempt = 0; ; attempt++) {
            try {
                return context.createServer(bindHost, port + attempt, bootstraps(transport));
            } catch (Exception e) { // Netty throws exceptions without declaring them
                if (!causedByBinding(e)) {
                    throw e;
                }
                if (attempt == retries || port + attempt == LAST_PORT) {
                    throw new UserException(
                            "listen on " + bindHost,
                            PORT + " is " + port + ", and this port and the next " + attempt + " are taken ("
                                    + e.getMessage() + ")",
                            "Set " + PORT + " to 0 for any free port, or raise " + RETRIES);
                }
            }
        }
    }

    /** Who connects proves the secret, where there is one, and then names the run. */
    private List<TransportServerBootstrap> bootstraps(TransportConf transport) {
        List<TransportServerBootstrap> bootstraps = new ArrayList<>();
        secrets.ifPresent(holder -> bootstraps.add(new AuthServerBootstrap(transport, holder)));
        bootstraps.add(new Gatekeeper(Proof.of(transport, secrets.isPresent()), timeout));
        return bootstraps;
    }

    /** Lets in who has opened a connection to us and named the run: until then it is let send small requests only, and not for long. */
    public static void admit(TransportClient client) {
        Gatekeeper.open(client.getChannel());
    }

    private static boolean causedByBinding(Throwable e) {
        // The second is what Netty throws where it calls epoll, which is Spark 4's default.
        return e instanceof BindException
                || e instanceof NativeIoException
                || (e.getCause() != null && causedByBinding(e.getCause()));
    }

    /** A server and a factory of clients that share one handler. */
    public record Endpoint(TransportContext context, TransportServer server, TransportClientFactory clients)
            implements AutoCloseable {

        /** Where the server listens, on every interface that it was told. */
        public int port() {
            return server.getPort();
        }

        /** A connection of its own, which the caller closes. */
        public TransportClient connect(Address address) throws IOException, InterruptedException {
            return clients.createUnmanagedClient(address.host(), address.port());
        }

        @Override
        public void close() {
            clients.close();
            server.close();
            context.close();
        }
    }
}
