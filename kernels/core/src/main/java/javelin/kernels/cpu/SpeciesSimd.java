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

    private static final VectorShuffle<Float> BY_8 = rotation(8);
    private static final VectorShuffle<Float> BY_4 = rotation(4);
    private static final VectorShuffle<Float> BY_2 = rotation(2);
    private static final VectorShuffle<Float> BY_1 = rotation(1);

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

    /// Sum of the lanes: halves, quarters and so on are added to each other. `reduceLanes` adds in
    /// another order once it is compiled, so its bits would change in the middle of a run; an array
    /// of the lanes would be an object per call.
    public static float sum(FloatVector v) {
        FloatVector s = v;
        if (LANES > 8) {
            s = s.add(s.rearrange(BY_8));
        }
        if (LANES > 4) {
            s = s.add(s.rearrange(BY_4));
        }
        s = s.add(s.rearrange(BY_2));
        return s.add(s.rearrange(BY_1)).lane(0);
    }
}
