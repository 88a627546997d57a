package javelin.kernels.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

import java.lang.System.Logger.Level;

/// Shape of the vectors all SIMD kernels use: the one `-Djavelin.simd` asks for, else the widest
/// this machine has. Constants, so that the JIT folds them.
public final class SpeciesSimd {
    /// Vectors of 32-bit numbers.
    public static final VectorSpecies<Float> FLOATS = asked(Simd.askedBits());

    /// Vectors of as many 32-bit integers.
    public static final VectorSpecies<Integer> INTS =
            VectorSpecies.of(int.class, FLOATS.vectorShape());

    /// Numbers in one vector.
    public static final int LANES = FLOATS.length();

    /// Rotations by 8, 4, 2 and 1 lanes. Added to a vector one after the other they leave its sum
    /// in every lane. `reduceLanes` adds in another order once it is compiled, so its bits would
    /// change in the middle of a run; an array of the lanes would be an object per call; and as a
    /// method these lines are compiled alone once several loops have called it, and then called,
    /// with an object for the vector.
    public static final VectorShuffle<Float> BY_8 = rotation(8);

    /// See [#BY_8].
    public static final VectorShuffle<Float> BY_4 = rotation(4);

    /// See [#BY_8].
    public static final VectorShuffle<Float> BY_2 = rotation(2);

    /// See [#BY_8].
    public static final VectorShuffle<Float> BY_1 = rotation(1);

    private SpeciesSimd() {}

    private static VectorSpecies<Float> asked(int bits) {
        int widest = FloatVector.SPECIES_MAX.vectorBitSize();
        if (bits > widest) {
            System.getLogger("javelin.kernels")
                    .log(
                            Level.WARNING,
                            "simd: -Djavelin.simd={0}, but the vectors of this machine have {1} bits: they are emulated, which is very slow",
                            bits,
                            widest);
        }
        return bits == 0
                ? FloatVector.SPECIES_PREFERRED
                : VectorSpecies.of(float.class, VectorShape.forBitSize(bits));
    }

    private static VectorShuffle<Float> rotation(int lanes) {
        return VectorShuffle.fromOp(FLOATS, i -> (i + lanes) % LANES);
    }
}
