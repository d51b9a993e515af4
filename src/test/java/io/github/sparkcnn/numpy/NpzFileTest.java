package io.github.sparkcnn.numpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** The files were written by NumPy: npz/make_weights.py. */
public class NpzFileTest {

    @Test
    void readsNumPysArraysOfEitherOrderInTheFilesOrder() throws IOException {
        Map<String, NpyArray> arrays = read("orders");

        float[] expected = new float[24];
        for (int i = 0; i < 24; i++) {
            expected[i] = i;
        }
        assertThat(arrays.keySet()).containsExactly("c", "fortran", "scalar", "empty", "vector");
        assertThat(arrays.get("c").shape()).containsExactly(2, 3, 4);
        assertThat(arrays.get("c").values()).containsExactly(expected);
        assertThat(arrays.get("fortran").values()).containsExactly(expected);
        assertThat(arrays.get("scalar").type()).isEqualTo(NpyArray.Type.INT64);
        assertThat(arrays.get("scalar").shape()).isEmpty();
        assertThat(arrays.get("scalar").values()).containsExactly(7);
        assertThat(arrays.get("empty").shape()).containsExactly(0, 3, 4);
        assertThat(arrays.get("vector").shape()).containsExactly(4);
    }

    @Test
    void readsWhatNumPyWroteToAPipe() throws IOException {
        Map<String, NpyArray> arrays = read("streamed");

        assertThat(arrays.keySet()).containsExactly("c", "vector");
        assertThat(arrays.get("c").values()).isEqualTo(read("orders").get("c").values());
        assertThat(arrays.get("vector").values()).containsExactly(0, 1, 2, 3);
    }

    @Test
    void readsArraysOfAnyName() throws IOException {
        byte[] bytes = bytes("orders");
        for (int i = 0; i + 4 < bytes.length; i++) {
            if (new String(bytes, i, 5, StandardCharsets.ISO_8859_1).equals("c.npy")) {
                bytes[i] = (byte) 0xe9; // é in Latin-1: no UTF-8
            }
        }

        Map<String, NpyArray> arrays = NpzFile.read(new ByteArrayInputStream(bytes), "latin.npz");

        assertThat(arrays).hasSize(5);
        assertThat(arrays.values().iterator().next().shape()).containsExactly(2, 3, 4);
    }

    @Test
    void refusesArraysWhoseSumIsAnother() throws IOException {
        byte[] bytes = bytes("orders");
        bytes[200] ^= 1; // within the first array's values

        assertThatThrownBy(() -> NpzFile.read(new ByteArrayInputStream(bytes), "flipped.npz"))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot read flipped.npz: it is no zip of NumPy arrays, or is damaged (");
    }

    @Test
    void refusesAShapeFarBeyondTheFileWithoutMemoryForIt() throws IOException {
        byte[] bytes = bytes("orders");
        byte[] shape = "'shape': (4,), }  ".getBytes(StandardCharsets.US_ASCII);
        byte[] vast = "'shape': (499999999,), }".getBytes(StandardCharsets.US_ASCII);
        int at = new String(bytes, StandardCharsets.ISO_8859_1)
                .lastIndexOf(new String(shape, StandardCharsets.US_ASCII).strip());
        System.arraycopy(vast, 0, bytes, at, vast.length);

        assertThatThrownBy(() -> NpzFile.read(new ByteArrayInputStream(bytes), "vast.npz"))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot read vast.npz");
    }

    @Test
    void writesWhatItReads() throws IOException {
        Map<String, NpyArray> arrays = read("orders");

        Map<String, NpyArray> again = NpzFile.read(new ByteArrayInputStream(written(arrays)), "again.npz");

        assertThat(again.keySet()).containsExactlyElementsOf(arrays.keySet());
        arrays.forEach((name, array) -> {
            assertThat(again.get(name).type()).isEqualTo(array.type());
            assertThat(again.get(name).shape()).isEqualTo(array.shape());
            assertThat(again.get(name).values()).isEqualTo(array.values());
        });
    }

    @Test
    void writesTheVeryBytesOfNumPysArrays() throws IOException {
        Map<String, NpyArray> one = new LinkedHashMap<>(read("orders"));
        one.keySet().retainAll(Set.of("c"));
        ByteArrayOutputStream ours = new ByteArrayOutputStream();
        NpyFormat.write(one.get("c"), ours);

        try (ZipInputStream zip = new ZipInputStream(stream("orders"))) {
            assertThat(zip.getNextEntry().getName()).isEqualTo("c.npy");
            assertThat(ours.toByteArray()).isEqualTo(zip.readAllBytes());
        }
    }

    @Test
    void refusesPythonObjectsAndOtherTypes() {
        assertThatThrownBy(() -> read("objects"))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot read objects.npz, array o: its values have the type |O, not float32 (<f4) or int64"
                        + " (<i8). Write it with numpy.savez from float32 arrays in C or Fortran order.");
        assertThatThrownBy(() -> read("doubles"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("array d: its values have the type <f8, not float32");
    }

    @Test
    void refusesAFileThatIsCutOffAnywhere() throws IOException {
        byte[] whole = bytes("orders");
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> NpzFile.read(new ByteArrayInputStream(cut), "cut.npz"))
                    .as(length + " bytes")
                    .isInstanceOf(UserException.class)
                    .hasMessageStartingWith("Cannot read cut.npz");
        }
    }

    @Test
    void refusesAFileThatIsNoZip() {
        assertThatThrownBy(() -> NpzFile.read(new ByteArrayInputStream(new byte[100]), "weights.pt"))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot read weights.pt: it is no zip of NumPy arrays, or is damaged (")
                .hasMessageEndingWith("). Write it again with numpy.savez.");
    }

    public static Map<String, NpyArray> read(String name) throws IOException {
        try (InputStream in = stream(name)) {
            return NpzFile.read(in, name + ".npz");
        }
    }

    public static byte[] written(Map<String, NpyArray> arrays) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NpzFile.write(arrays, out);
        return out.toByteArray();
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = stream(name)) {
            return in.readAllBytes();
        }
    }

    private static InputStream stream(String name) {
        return NpzFileTest.class.getResourceAsStream("/npz/" + name + ".npz");
    }
}
