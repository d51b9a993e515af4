package io.github.sparkcnn.submit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.sparkcnn.SparkUnderTest;
import io.github.sparkcnn.data.format.Split;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.kerby.kerberos.kerb.KrbException;
import org.apache.kerby.kerberos.kerb.client.KrbClient;
import org.apache.kerby.kerberos.kerb.server.SimpleKdcServer;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * HDFS and YARN that take nobody's word for who they are, and the Kerberos that they ask. In a process of its own, since what Hadoop
 * believes of security it believes for a whole JVM.
 */
final class KerberosCluster implements AutoCloseable {

    static final String USER = "alice@EXAMPLE.COM";

    private static final String READY = "KDC, HDFS and YARN are there";
    private static final int PATIENCE_SECONDS = 600;
    private static final String REALM = "EXAMPLE.COM";
    private static final String SERVICES = "hadoop/localhost@" + REALM;
    private static final String WEB = "HTTP/localhost@" + REALM;

    private final Path folder;
    private final Process process;

    private KerberosCluster(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
    }

    /** Starts it in a folder that there is, and waits until it is there. */
    static KerberosCluster start(Path folder) throws IOException, InterruptedException {
        // What a part of YARN does not hand on it looks for in the resources of its class path.
        Path resources = Files.createDirectories(folder.resolve("services"));
        for (String name : List.of("core-site.xml", "hdfs-site.xml", "yarn-site.xml")) {
            try (OutputStream out = Files.newOutputStream(resources.resolve(name))) {
                secured(keys(folder).toString()).writeXml(out);
            }
        }
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ")));
        command.addAll(List.of(SparkUnderTest.QUICK_START, "-Xmx1g"));
        command.addAll(List.of("-cp", resources + File.pathSeparator + System.getProperty("java.class.path")));
        command.addAll(List.of(KerberosCluster.class.getName(), folder.toString()));
        Path log = folder.resolve("cluster.log");
        KerberosCluster cluster = new KerberosCluster(
                folder,
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start());
        try {
            cluster.await(log);
        } catch (IOException | InterruptedException | RuntimeException e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    private void await(Path log) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!Files.readString(log, ISO_8859_1).contains(READY)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("no cluster came: " + Files.readString(log, ISO_8859_1));
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** What Java has to be told where the machine has no {@code /etc/krb5.conf}. */
    String javaOption() {
        return "-Djava.security.krb5.conf=" + folder.resolve("kdc/krb5.conf");
    }

    /** The keys of {@link #USER}. */
    Path keytab() {
        return keytab(folder);
    }

    /** What {@code kinit} would have left of {@link #USER}. */
    Path tickets() {
        return tickets(folder);
    }

    /** For {@code HADOOP_CONF_DIR}. */
    Path configuration() {
        return folder.resolve("conf");
    }

    /** The whole path of what is called {@code /name} on HDFS. */
    String path(String name) {
        Configuration clients = new Configuration(false);
        clients.addResource(new org.apache.hadoop.fs.Path(configuration() + "/core-site.xml"));
        return clients.get("fs.defaultFS") + name;
    }

    /** What all containers have printed to a stream of theirs, stdout or stderr. */
    String logs(String stream) throws IOException {
        return YarnCluster.logs(folder, stream);
    }

    @Override
    public void close() {
        List<ProcessHandle> containers = process.descendants().toList();
        process.destroyForcibly().onExit().join(); // so that it starts no other
        containers.forEach(ProcessHandle::destroyForcibly);
        containers.forEach(container -> container.onExit().join());
    }

    public static void main(String... args) {
        try {
            stay(Path.of(args[0]));
            System.exit(0);
        } catch (Exception | Error e) { // threads of the services would stay
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static void stay(Path folder) throws Exception {
        startKdc(folder);
        UserGroupInformation.loginUserFromKeytab(SERVICES, keys(folder).toString());
        try (YarnCluster cluster = YarnCluster.start(folder)) {
            furnish(cluster.fileSystem());
            System.out.println(READY);
            System.in.readAllBytes(); // as long as whoever has started it is there
        }
    }

    private static Path keys(Path folder) {
        return folder.resolve("services.keytab");
    }

    private static Path keytab(Path folder) {
        return folder.resolve("alice.keytab");
    }

    private static Path tickets(Path folder) {
        return folder.resolve("alice.tickets");
    }

    private static void startKdc(Path folder) throws IOException, KrbException {
        SimpleKdcServer kdc = new SimpleKdcServer();
        kdc.setWorkDir(Files.createDirectories(folder.resolve("kdc")).toFile());
        kdc.setKdcRealm(REALM);
        kdc.setKdcHost("localhost");
        kdc.setAllowUdp(false);
        kdc.setKdcTcpPort(StandaloneCluster.freePort());
        kdc.init();
        kdc.start();
        kdc.createAndExportPrincipals(keys(folder).toFile(), SERVICES, WEB);
        kdc.createAndExportPrincipals(keytab(folder).toFile(), USER);
        KrbClient client = kdc.getKrbClient();
        client.storeTicket(
                client.requestTgt(USER, keytab(folder).toFile()),
                tickets(folder).toFile());
    }

    /** With encryption of what goes over the wire, and without privileged ports, which the tests cannot have. */
    private static Configuration secured(String keys) {
        Configuration conf = new Configuration(false);
        conf.set("hadoop.security.authentication", "kerberos");
        conf.set("hadoop.security.authorization", "true");
        conf.set("hadoop.rpc.protection", "privacy");
        conf.set("dfs.data.transfer.protection", "privacy");
        conf.set("dfs.encrypt.data.transfer.cipher.suites", "AES/CTR/NoPadding"); // the job jar goes at 5 MB/s without
        conf.set("dfs.block.access.token.enable", "true");
        conf.set("ignore.secure.ports.for.testing", "true");
        for (String service : new String[] {"dfs.namenode", "dfs.datanode"}) {
            conf.set(service + ".kerberos.principal", SERVICES);
            conf.set(service + ".keytab.file", keys);
        }
        conf.set("dfs.web.authentication.kerberos.principal", WEB);
        conf.set("dfs.web.authentication.kerberos.keytab", keys);
        for (String service : new String[] {"yarn.resourcemanager", "yarn.nodemanager"}) {
            conf.set(service + ".principal", SERVICES);
            conf.set(service + ".keytab", keys);
        }
        return conf;
    }

    private static void furnish(FileSystem files) throws IOException {
        Hdfs.writeImages(files, "/data/train.csv", Split.TRAIN, 1000);
        Hdfs.writeImages(files, "/data/test.csv.gz", Split.TEST, 500);
        for (String name : new String[] {"/user/alice", "/models"}) {
            org.apache.hadoop.fs.Path home = new org.apache.hadoop.fs.Path(name);
            files.mkdirs(home);
            files.setOwner(home, "alice", "users");
        }
    }
}
