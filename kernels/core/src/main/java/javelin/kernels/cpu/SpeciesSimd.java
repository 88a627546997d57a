package javelin.kernels.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// Shape of the vectors all SIMD kernels use: the one `-Djavelin.simd` asks for, else the widest
/// this machine has. Constants, so that the JIT folds them.
public final class SpeciesSimd {
    /// Vectors of 32-bit numbers.
    public static final VectorSpecies<Float> FLOATS =
            Simd.askedBits() == 0
                    ? FloatVector.SPECIES_PREFERRED
                    : VectorSpecies.of(float.class, VectorShape.forBitSize(Simd.askedBits()));

    /// Vectors of as many 32-bit integers.
    public static final VectorSpecies<Integer> INTS =
            VectorSpecies.of(int.class, FLOATS.vectorShape());

    /// Numbers in one vector.
    public static final int LANES = FLOATS.length();

    private SpeciesSimd() {}

    /// Sum of the lanes, in their order. `reduceLanes` adds in another order once it is compiled,
    /// so its bits would change in the middle of a run.
    public static float sum(FloatVector v) {
        float[] lanes = v.toArray();
        float sum = 0;
        for (int i = 0; i < LANES; i++) {
            sum += lanes[i];
        }
        return sum;
    }
}
