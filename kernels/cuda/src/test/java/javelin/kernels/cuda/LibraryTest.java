package javelin.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import javelin.kernels.Backends;
import javelin.kernels.DeviceException;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;

/// A machine without a driver gets one sentence, and nothing is left behind.
class LibraryTest {
    @Test
    void absentDriverIsOneSentence() {
        assumeTrue(Library.whyNot() != null, "there is a driver");
        assertThatThrownBy(CudaDevice::open)
                .isInstanceOf(DeviceException.class)
                .message()
                .startsWith("cuda: no driver found (")
                .contains("libcuda.so.1")
                .hasLineCount(1);
        assertThat(Backends.absent().get("cuda")).contains("libcuda.so.1");
    }

    @Test
    void reasonIsWhatTheSystemSaysOfTheLibrary() {
        Path file = Path.of("/tmp/x/libJ.so");
        String message =
                """
                Error while loading native library "J"
                Stack trace from the attempt to load the library as a file:
                java.lang.UnsatisfiedLinkError: no J in java.library.path: /usr/lib
                java.lang.UnsatisfiedLinkError: /tmp/x/libJ.so: libcuda.so.1: not there
                	at java.lang.System.load
                """;
        assertThat(Library.reason(message, file)).isEqualTo("libcuda.so.1: not there");
        assertThat(Library.reason("first\nsecond", file)).isEqualTo("first");
    }

    @Test
    void temporaryFolderIsAsBefore() {
        String before = System.getProperty("java.io.tmpdir");
        assertThat(Library.whyNot()).isNotEqualTo("");
        assertThat(System.getProperty("java.io.tmpdir")).isEqualTo(before);
        assertThat(Path.of(before, "javelin-cuda")).doesNotExist();
    }
}
