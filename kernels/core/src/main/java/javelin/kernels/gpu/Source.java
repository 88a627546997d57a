package javelin.kernels.gpu;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A program in the common subset of CUDA C and OpenCL C.
///
/// The prelude of each dialect gives both the same words: `KERNEL GLOBAL LOCAL TO_LOCAL DEVICE
/// APART GID(d) LID(d) GRP(d) BARRIER()` and a few functions.
///
/// @param name what messages call it
/// @param parts resources of this module, under `javelin/kernels`, one behind the other
/// @param generated text behind the parts, empty for none
public record Source(String name, List<String> parts, String generated) {
    /// Copies the list.
    public Source {
        parts = List.copyOf(parts);
    }

    /// Program of resources alone, named after the last one.
    public static Source of(String... parts) {
        return new Source(parts[parts.length - 1], List.of(parts), "");
    }

    /// The whole text, behind the prelude of a dialect.
    public String text(String prelude) {
        var text = new StringBuilder(read("gpu/" + prelude)).append(read("gpu/common.k"));
        parts.forEach(p -> text.append(read(p)));
        return text.append(generated).toString();
    }

    private static String read(String resource) {
        try (InputStream in = Source.class.getResourceAsStream("/javelin/kernels/" + resource)) {
            if (in == null) {
                throw new IllegalArgumentException("source: no resource " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
