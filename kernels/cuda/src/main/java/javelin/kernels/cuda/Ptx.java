package javelin.kernels.cuda;

import javelin.kernels.DeviceException;
import javelin.kernels.gpu.Source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The portable sources as PTX, which every driver compiles for its device. `make ptx` makes them
/// from the sources; the first line of each says from which text.
final class Ptx {
    /// In front of the hash.
    static final String MARK = "// made from a source with SHA-256 ";

    private Ptx() {}

    /// The source in CUDA C.
    static String cuda(Source source) {
        return source.text("prelude_cuda.h");
    }

    /// Name of the resource in this package: that of the source with another ending.
    static String resource(Source source) {
        return source.name().replaceFirst("\\.k$", "") + ".ptx";
    }

    /// First line of the PTX of a source.
    static String firstLine(Source source) {
        try {
            byte[] text = cuda(source).getBytes(StandardCharsets.UTF_8);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
            return MARK + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// PTX of a source.
    ///
    /// @throws DeviceException if there is none, or it was made from another text
    static String of(Source source) {
        try (InputStream in = Ptx.class.getResourceAsStream(resource(source))) {
            if (in == null) {
                throw new DeviceException(
                        "cuda: there is no PTX of %s; make it with `make ptx`"
                                .formatted(source.name()));
            }
            String ptx = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            if (!ptx.startsWith(firstLine(source))) {
                throw new DeviceException(
                        "cuda: the PTX of %s was made from another source; use javelin-kernels and javelin-kernels-cuda of one version, or make it again with `make ptx`"
                                .formatted(source.name()));
            }
            return ptx;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
