package io.github.sparkcnn;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Those who connect to a port that is none of theirs, and what they say there. */
public final class Strangers {

    private static final byte RPC_REQUEST = 3;
    private static final byte STREAM_REQUEST = 6;
    private static final byte ONE_WAY = 9;
    private static final byte UPLOAD = 10;
    /** A gigabyte, which is not sent. */
    private static final int LIE = 1 << 30;

    private Strangers() {}

    private interface Words {
        void write(DataOutputStream out) throws IOException;
    }

    /** What somebody says who does not know Spark. */
    public static Map<String, byte[]> lost() {
        Map<String, byte[]> all = new LinkedHashMap<>();
        byte[] random = new byte[5000];
        new Random(1).nextBytes(random);
        all.put("random bytes", random);
        all.put("HTTP", "GET / HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        all.put("a TLS hello", bytes(out -> {
            out.write(new byte[] {0x16, 3, 1, 1, 0, 1, 0, 0, (byte) 0xfc, 3, 3});
            out.write(random, 0, 250);
        }));
        all.put("a frame of a gigabyte", bytes(out -> {
            out.writeLong(LIE);
            out.writeByte(RPC_REQUEST);
        }));
        all.put("a frame of an exabyte", bytes(out -> out.writeLong(1L << 60)));
        all.put("a frame of less than nothing", bytes(out -> out.writeLong(-1)));
        all.put("an empty frame", bytes(out -> out.writeLong(Long.BYTES)));
        return all;
    }

    /** What somebody says who knows Spark and has no secret, and no run's name. */
    public static Map<String, byte[]> cunning() {
        Map<String, byte[]> all = new LinkedHashMap<>();
        all.put("a request without content", request(out -> {}));
        all.put("SASL without its fields", request(out -> out.writeByte(0xEA)));
        all.put("a challenge that ends within a field", request(out -> {
            out.writeByte(0xFB);
            out.writeShort(0);
        }));
        all.put("a request of nonsense", request(out -> out.writeLong(42)));
        all.put("a request of a kind that there is not", request(out -> out.writeUTF("SESAME")));
        all.put("a request of a kind of two lines", request(out -> out.writeUTF("SESAME\nWARN Gate: all is well")));
        all.put("a request of a name of less than nothing", request(out -> out.writeShort(-1)));
        all.put("a payload that nobody asked for", request(out -> {
            out.writeUTF("CALL");
            out.writeUTF("guess");
            out.writeInt(0);
            out.writeInt(0);
        }));
        all.put("SASL with a name of a gigabyte", request(out -> {
            out.writeByte(0xEA);
            out.writeInt(LIE);
        }));
        all.put("SASL of nonsense", request(out -> {
            out.writeByte(0xEA);
            out.writeInt(3);
            out.writeBytes("app");
            out.writeInt(5);
            out.writeBytes("hello");
        }));
        all.put("a challenge with a salt of a gigabyte", request(out -> {
            out.writeByte(0xFB);
            out.writeInt(3);
            out.writeBytes("app");
            out.writeInt(LIE);
        }));
        all.put("a challenge of nonsense", request(out -> {
            out.writeByte(0xFB);
            for (int field = 0; field < 3; field++) {
                out.writeInt(3);
                out.writeBytes("abc");
            }
        }));
        all.put("a stream with a name of a gigabyte", frame(STREAM_REQUEST, out -> out.writeInt(LIE)));
        all.put("a message that expects no answer", frame(ONE_WAY, out -> {
            out.writeInt(5);
            out.writeUTF("BYE");
        }));
        all.put("an upload of a gigabyte", frame(UPLOAD, out -> {
            out.writeLong(7);
            out.writeInt(7);
            out.writeUTF("x");
            out.writeInt(LIE);
            out.writeLong(LIE);
        }));
        all.put("a message of an unknown type", frame((byte) 77, out -> out.writeLong(0)));
        return all;
    }

    /**
     * Connects, says it, and waits until it is hung up on, or has been left alone for some time.
     *
     * @return the port that it came from
     */
    public static int visit(int port, byte[] words, int patienceMillis) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            int from = socket.getLocalPort();
            say(words, socket, patienceMillis);
            return from;
        }
    }

    private static void say(byte[] words, Socket socket, int patienceMillis) throws IOException {
        try {
            socket.setSoTimeout(patienceMillis);
            socket.getOutputStream().write(words);
            socket.getOutputStream().flush();
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (SocketException | SocketTimeoutException end) {
            // As good as any other.
        }
    }

    /** The ports on which this process listens. */
    public static Set<Integer> openPorts() throws IOException {
        return openPorts(ProcessHandle.current());
    }

    /** The ports on which another process of the same account listens; none once it has ended. */
    public static Set<Integer> openPorts(ProcessHandle process) throws IOException {
        Set<String> own = new HashSet<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
            descriptors.forEach(descriptor -> own.add(linked(descriptor)));
        } catch (IOException | UncheckedIOException ended) {
            return Set.of();
        }
        Set<Integer> ports = new TreeSet<>();
        for (String table : new String[] {"/proc/self/net/tcp", "/proc/self/net/tcp6"}) {
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] fields = line.trim().split(" +", -1);
                if (fields[3].equals("0A") && own.contains("socket:[" + fields[9] + "]")) {
                    ports.add(Integer.parseInt(fields[1].substring(fields[1].indexOf(':') + 1), 16));
                }
            }
        }
        return ports;
    }

    private static String linked(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }

    private static byte[] request(Words words) {
        byte[] body = bytes(words);
        return frame(RPC_REQUEST, out -> {
            out.writeLong(7);
            out.writeInt(body.length);
            out.write(body);
        });
    }

    private static byte[] frame(byte type, Words words) {
        byte[] content = bytes(words);
        return bytes(out -> {
            out.writeLong(Long.BYTES + 1L + content.length);
            out.writeByte(type);
            out.write(content);
        });
    }

    private static byte[] bytes(Words words) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            words.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
