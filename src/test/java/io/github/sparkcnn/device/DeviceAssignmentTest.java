package io.github.sparkcnn.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceAssignmentTest {
    @TempDir
    Path folder;

    private static final List<Device> TWO = NvidiaSmi.parse("""
            0, GPU-aaaa-1, Tesla V100-SXM2-16GB, 7.0, 570.86.15
            1, GPU-bbbb-2, NVIDIA L4, 8.9, 570.86.15
            """);

    @Test
    void takesTheAddressThatSparkAssigned() {
        assertThat(DeviceAssignment.of(TWO, Optional.empty(), List.of("1")).ordinal())
                .isEqualTo(1);
        assertThat(DeviceAssignment.of(TWO, Optional.empty(), List.of("GPU-aaaa-1"))
                        .ordinal())
                .isZero();
    }

    @Test
    void takesTheOnlyVisibleDeviceWhateverTheAddress() {
        assertThat(DeviceAssignment.of(TWO, Optional.of("1"), List.of("0")))
                .isEqualTo(new DeviceAssignment.Assigned(0, TWO.get(1)));
        assertThat(DeviceAssignment.of(TWO, Optional.of("GPU-bbbb"), List.of("1")))
                .isEqualTo(new DeviceAssignment.Assigned(0, TWO.get(1)));
    }

    @Test
    void followsAReorderedList() {
        assertThat(DeviceAssignment.of(TWO, Optional.of("1,0"), List.of("0")).ordinal())
                .isEqualTo(1);
    }

    @Test
    void hidesWhatFollowsAnUnknownNameAsCudaDoes() {
        assertThat(VisibleDevices.of(TWO, Optional.of("0,7,1"))).containsExactly(TWO.get(0));
        assertThat(VisibleDevices.of(TWO, Optional.of(""))).isEmpty();
    }

    @Test
    void refusesAMachineWithoutGpu() {
        assertThatThrownBy(() -> DeviceAssignment.of(List.of(), Optional.empty(), List.of("0")))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot use device.backend = cuda: this machine has no usable CUDA device (nvidia-smi lists"
                        + " none). Set device.backend = cpu, or run on a machine with an NVIDIA GPU and its driver.");
    }

    @Test
    void refusesToChooseWhereSparkAssignedNone() {
        assertThatThrownBy(() -> DeviceAssignment.of(TWO, Optional.empty(), List.of()))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("Spark assigned no GPU to this executor, and 2 are visible")
                .hasMessageContaining("spark.executor.resource.gpu.amount = 1");
    }

    @Test
    void refusesToChooseWhereSparkAssignedSeveral() {
        assertThatThrownBy(() -> DeviceAssignment.of(TWO, Optional.empty(), List.of("0", "1")))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "Cannot use device.backend = cuda: Spark assigned the GPUs 0, 1 to one executor, and an executor"
                                + " computes on one. Set spark.executor.resource.gpu.amount = 1 and have an executor for every GPU.");
    }

    @Test
    void takesTheFirstVisibleDeviceForAProcessThatSparkAssignsNoneTo() {
        assertThat(DeviceAssignment.first(TWO, Optional.empty()).device()).isEqualTo(TWO.get(0));
        assertThat(DeviceAssignment.first(TWO, Optional.of("1,0")))
                .isEqualTo(new DeviceAssignment.Assigned(0, TWO.get(1)));
    }

    @Test
    void refusesAnAddressThatIsHidden() {
        List<Device> three =
                NvidiaSmi.parse("0, GPU-a, A, 8.0, 580.1\n1, GPU-b, B, 8.0, 580.1\n2, GPU-c, C, 8.0, 580.1\n");

        assertThatThrownBy(() -> DeviceAssignment.of(three, Optional.of("0,1"), List.of("2")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("Spark assigned GPU 2, but visible are GPU 0 (A");
    }

    @Test
    void readsWhatItWrites() {
        assertThat(Device.parse(TWO.get(1).line())).isEqualTo(TWO.get(1));
        assertThat(TWO.get(1)).hasToString("GPU 1 (NVIDIA L4, compute capability 8.9, driver 570.86)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0, GPU-a, L4, 8.9",
                "0, GPU-a, L4, [N/A], 580.1",
                "0, GPU-a, L4, 8.9, [N/A]",
                "x, GPU-a, L4, 8.9, 580.1"
            })
    void refusesADriverThatDoesNotSayWhatIsAsked(String line) {
        assertThatThrownBy(() -> NvidiaSmi.parse(line))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot use the GPUs: nvidia-smi says \"" + line + "\" of one. Update its driver.");
    }

    @Test
    void driversAreInTheOrderOfTheirNumbers() {
        assertThat(DriverVersion.parse("580.65.06")).isEqualByComparingTo(DriverVersion.parse("580.65"));
        assertThat(DriverVersion.parse("580.105.08")).isGreaterThan(DriverVersion.parse("580.65.06"));
        assertThat(DriverVersion.parse("1000.1")).isGreaterThan(DriverVersion.parse("580.65.06"));
    }

    @Test
    void seesNoDeviceWithoutTheTool() {
        assertThat(new NvidiaSmi("/no/such/nvidia-smi").devices()).isEmpty();
    }

    /** Of a machine whose first GPU is cut by MIG. */
    private List<Device> sliced() throws IOException {
        Path script = folder.resolve("nvidia-smi");
        Files.writeString(script, """
                #!/bin/sh
                if [ "$1" = -L ]; then
                  echo 'GPU 0: NVIDIA H200 (UUID: GPU-aaaa-1)'
                  echo '  MIG 3g.71gb     Device  0: (UUID: MIG-cccc-1)'
                  echo '  MIG 1c.3g.71gb  Device  1: (UUID: MIG-cccc-2)'
                  echo 'GPU 1: NVIDIA H200 (UUID: GPU-bbbb-2)'
                else
                  echo '0, GPU-aaaa-1, NVIDIA H200, 9.0, 580.95.05'
                  echo '1, GPU-bbbb-2, NVIDIA H200, 9.0, 580.95.05'
                fi
                """);
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return new NvidiaSmi(script.toString()).devices();
    }

    @Test
    void aGpuThatIsCutIsItsSlices() throws IOException {
        assertThat(sliced())
                .extracting(Device::line)
                .containsExactly(
                        "0, MIG-cccc-1, NVIDIA H200 MIG 3g.71gb, 9.0, 580.95",
                        "0, MIG-cccc-2, NVIDIA H200 MIG 1c.3g.71gb, 9.0, 580.95",
                        "1, GPU-bbbb-2, NVIDIA H200, 9.0, 580.95");
        assertThat(sliced().get(1))
                .hasToString("MIG-cccc-2 of GPU 0 (NVIDIA H200 MIG 1c.3g.71gb, compute capability 9.0, driver 580.95)");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "unset",
            value = {
                "unset,      MIG-cccc-2, MIG-cccc-2",
                "unset,      MIG-cccc-1, MIG-cccc-1",
                "MIG-cccc-2, 0,          MIG-cccc-2",
                "'1,MIG-cccc-2', 0,      MIG-cccc-2",
                "0,          1,          MIG-cccc-1",
            })
    void aSliceIsTheOneDeviceThatCudaIsShown(String visible, String address, String slice) throws IOException {
        DeviceAssignment.Assigned assigned =
                DeviceAssignment.of(sliced(), Optional.ofNullable(visible), List.of(address));

        assertThat(assigned.device().uuid()).isEqualTo(slice);
        assertThat(assigned.ordinal()).isZero();
        assertThat(assigned.onlyVisible()).contains(slice);
    }

    @Test
    void aWholeGpuBesideSlicesIsSeenByItsName() throws IOException {
        DeviceAssignment.Assigned assigned = DeviceAssignment.of(sliced(), Optional.of("1"), List.of("1"));

        assertThat(assigned.device().uuid()).isEqualTo("GPU-bbbb-2");
        assertThat(assigned.onlyVisible()).isEmpty();
        List<Device> all = sliced();
        assertThatThrownBy(() -> DeviceAssignment.of(all, Optional.empty(), List.of("1")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(
                        "Spark assigned GPU 1, but visible are MIG-cccc-1 of GPU 0 (NVIDIA H200 MIG 3g.71gb");
    }
}
