package javelin.kernels.random;

import javelin.kernels.View;
import javelin.kernels.gpu.GpuBackend;
import javelin.kernels.gpu.Launch;
import javelin.kernels.gpu.Source;

import java.util.List;

/// Random numbers on a device, the same bits as on the host.
public final class RandomGpu {
    private static final Source SOURCE = Source.of("random/random.k");

    private RandomGpu() {}

    /// Numbers of a law.
    public static void run(RandomFill f, List<View> in, View y, GpuBackend on) {
        float low = (float) f.first();
        float high = (float) f.second();
        Launch launch = on.kernel(SOURCE, "random_fill").with(f.law()).wide(f.key());
        launch.wide(f.counter());
        switch (f.law()) {
            case UNIFORM -> launch.with(low, high - low, RandomNumbers.last(low, high));
            case NORMAL -> launch.with(low, high, 0.0);
            case BERNOULLI -> launch.with(RandomNumbers.limit(f.first()), 0.0, 0.0);
        }
        launch.floats(y).with(y.length()).items(Launch.ceil(y.length(), 4));
    }

    /// A random order.
    public static void run(Permutation f, List<View> in, View y, GpuBackend on) {
        on.kernel(SOURCE, "permutation")
                .wide(f.key())
                .wide(f.counter())
                .ints(y)
                .with(y.length())
                .groups(1, 1, 1, 1, 1);
    }
}
