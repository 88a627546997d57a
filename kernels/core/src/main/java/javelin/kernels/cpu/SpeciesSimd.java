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
}
