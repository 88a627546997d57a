package javelin.kernels.cpu;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/// Exponential, logarithm and their kin on vectors: within 4 units in the last place, with the
/// limits of the functions at ±∞ and 0, NaN for NaN, and gradual underflow.
///
/// The polynomials are minimax fits by weighted least squares (Lawson's iteration in 50 digits),
/// with each coefficient rounded to 32 bits and the rest fitted again; errors stand beside them.
///
/// The JIT stops inlining methods of ours once 8,000 bytecodes are in (`DesiredMethodLimit`, which
/// spares the Vector API's own) or 18,000 nodes of its graph are there (`NodeCountInliningCutoff`),
/// and a vector that crosses a call is boxed. So calls of other methods come first in a method, and
/// the later steps are written out.
public final class MathSimd {
    private static final FloatVector ONE = FloatVector.broadcast(SpeciesSimd.FLOATS, 1);

    private static final float LOG2_E = 1.442695f;
    private static final float LN_2_HIGH = 0x1.62e4p-1f; // 16 bits: its multiples are exact
    private static final float LN_2_LOW = 0x1.7f7d1cp-20f;
    private static final float ROUND =
            0x1.8p23f; // added, it leaves the nearest integer in the low bits
    private static final int SQRT_HALF_BITS = 0x3F35_04F3;

    private MathSimd() {}

    /// `eˣ = 2ⁿ · e^r` with `|r| ≤ ln 2 / 2`.
    public static FloatVector exp(FloatVector x) {
        FloatVector shifted = x.mul(LOG2_E).add(ROUND);
        FloatVector r = remainder(x, shifted.sub(ROUND));
        // e^r = 1 + r + r²·P(r), error 3e-9
        FloatVector p = r.mul(0x1.6a6830p-10f).add(0x1.123f7ap-7f);
        p = p.fma(r, r.broadcast(0x1.5558a0p-5f));
        p = p.fma(r, r.broadcast(0x1.55548ap-3f));
        p = p.fma(r, r.broadcast(0x1.fffffcp-2f));
        p = p.mul(r).fma(r, r).add(1);
        // 2ⁿ in two factors: one alone would overflow before the result does
        IntVector n = exponent(shifted);
        IntVector half = n.lanewise(ASHR, 1);
        FloatVector low = half.add(127).lanewise(LSHL, 23).reinterpretAsFloats();
        FloatVector high = n.sub(half).add(127).lanewise(LSHL, 23).reinterpretAsFloats();
        return p.mul(low)
                .mul(high)
                .blend(Float.POSITIVE_INFINITY, x.compare(GT, 88.73f))
                .blend(0, x.compare(LT, -104f));
    }

    /// `eˣ − 1 = 2ⁿ·(e^r − 1) + (2ⁿ − 1)`.
    public static FloatVector expm1(FloatVector x) {
        FloatVector shifted = x.mul(LOG2_E).add(ROUND);
        FloatVector r = remainder(x, shifted.sub(ROUND));
        // e^r − 1 = r + r²·P(r), error 5e-10
        FloatVector p = r.mul(0x1.9e8b3ep-13f).add(0x1.6d4050p-10f);
        p = p.fma(r, r.broadcast(0x1.1112d0p-7f));
        p = p.fma(r, r.broadcast(0x1.5554f4p-5f));
        p = p.fma(r, r.broadcast(0x1.555554p-3f));
        p = p.fma(r, r.broadcast(0x1.0p-1f));
        p = p.mul(r).fma(r, r);
        IntVector n = exponent(shifted);
        IntVector half = n.lanewise(ASHR, 1);
        IntVector other = n.sub(half);
        FloatVector scale = power(half);
        FloatVector y = scale.fma(p, scale.sub(power(other.neg()))).mul(power(other));
        return y.blend(Float.POSITIVE_INFINITY, x.compare(GT, 88.73f))
                .blend(-1, x.compare(LT, -20f));
    }

    private static FloatVector remainder(FloatVector x, FloatVector n) {
        return n.fma(x.broadcast(-LN_2_LOW), n.fma(x.broadcast(-LN_2_HIGH), x));
    }

    /// The integer in the low bits of a number to which [#ROUND] was added.
    private static IntVector exponent(FloatVector shifted) {
        return shifted.reinterpretAsInts().sub(Float.floatToRawIntBits(ROUND));
    }

    /// `2ⁿ` for `n` in −126 … 127.
    private static FloatVector power(IntVector n) {
        return n.add(127).lanewise(LSHL, 23).reinterpretAsFloats();
    }

    /// Natural logarithm: `x = 2ᵉ·(1 + f)` with `1 + f` in `[√½, √2)`, `ln(1+f) = f − f²/2 +
    /// f³·P(f)`.
    public static FloatVector log(FloatVector x) {
        VectorMask<Float> tiny = x.compare(LT, Float.MIN_NORMAL);
        IntVector bits = x.blend(x.mul(0x1p23f), tiny).reinterpretAsInts();
        IntVector e = bits.sub(SQRT_HALF_BITS).lanewise(ASHR, 23);
        FloatVector f = bits.sub(e.lanewise(LSHL, 23)).reinterpretAsFloats().sub(1);
        FloatVector exponent = (FloatVector) e.convertShape(I2F, SpeciesSimd.FLOATS, 0);
        exponent = exponent.blend(exponent.sub(23), tiny);
        FloatVector y = exponent.fma(x.broadcast(LN_2_HIGH), logTail(f, exponent));
        return y.blend(Float.POSITIVE_INFINITY, x.compare(EQ, Float.POSITIVE_INFINITY))
                .blend(Float.NEGATIVE_INFINITY, x.compare(EQ, 0))
                .blend(Float.NaN, x.compare(LT, 0).or(x.compare(NE, x)));
    }

    /// `ln(1+f) + e·(ln 2 − its upper part)`; error of the polynomial 6e-9.
    private static FloatVector logTail(FloatVector f, FloatVector e) {
        FloatVector p = f.mul(-0x1.38baecp-4f).add(0x1.05617cp-3f);
        p = p.fma(f, f.broadcast(-0x1.0d85e0p-3f));
        p = p.fma(f, f.broadcast(0x1.22d8b2p-3f));
        p = p.fma(f, f.broadcast(-0x1.547218p-3f));
        p = p.fma(f, f.broadcast(0x1.99a022p-3f));
        p = p.fma(f, f.broadcast(-0x1.000228p-2f));
        p = p.fma(f, f.broadcast(0x1.555554p-2f));
        FloatVector tail = p.fma(f, f.broadcast(-0.5f)).mul(f.mul(f));
        return f.add(e.fma(f.broadcast(LN_2_LOW), tail));
    }

    /// `ln(1 + x) = ln u + (x − (u − 1)) / u` with `u = 1 + x` rounded.
    public static FloatVector log1p(FloatVector x) {
        FloatVector u = x.add(1);
        FloatVector lost = x.sub(u.sub(1)).div(u);
        VectorMask<Float> limit = x.compare(EQ, Float.POSITIVE_INFINITY).or(x.compare(EQ, -1));
        return log(u).add(lost.blend(0, limit));
    }

    /// `x + x³·P(x²)` near 0 (error 5e-9), else `±(1 − 2 / (e^(2|x|) + 1))`.
    public static FloatVector tanh(FloatVector x) {
        FloatVector a = x.abs();
        FloatVector far = exp(a.add(a)).add(1);
        FloatVector z = x.mul(x);
        FloatVector p = z.mul(-0x1.750cc4p-8f).add(0x1.51f8ccp-6f);
        p = p.fma(z, z.broadcast(-0x1.b835a4p-5f));
        p = p.fma(z, z.broadcast(0x1.1106f6p-3f));
        p = p.fma(z, z.broadcast(-0x1.555532p-2f));
        FloatVector near = p.mul(z).fma(x, x);
        far = ONE.sub(ONE.add(ONE).div(far));
        return far.blend(far.neg(), x.compare(LT, 0)).blend(near, a.compare(LT, 0.625f));
    }

    /// `x + x·P(x²)` up to 1 (error 1.4e-9), else `±(1 − e^Q(|x|))` (error 2.2e-11), 1 beyond 4.
    public static FloatVector erf(FloatVector x) {
        FloatVector a = x.abs();
        FloatVector far = exp(logComplement(a));
        FloatVector z = x.mul(x);
        FloatVector p = z.mul(0x1.489c72p-14f).add(-0x1.a3ac5ep-11f);
        p = p.fma(z, z.broadcast(0x1.53fbd8p-8f));
        p = p.fma(z, z.broadcast(-0x1.b7f7f0p-6f));
        p = p.fma(z, z.broadcast(0x1.ce2cecp-4f));
        p = p.fma(z, z.broadcast(-0x1.81273ep-2f));
        p = p.fma(z, z.broadcast(0x1.06eba8p-3f));
        far = ONE.sub(far).blend(1, a.compare(GT, 4));
        far = far.blend(far.neg(), x.compare(LT, 0));
        return far.blend(p.fma(x, x), a.compare(LT, 1));
    }

    /// `ln(1 − erf a)` for `a` in 1 … 4.
    private static FloatVector logComplement(FloatVector a) {
        FloatVector q = a.mul(-0x1.6c62ccp-16f).add(0x1.cf357ap-12f);
        q = q.fma(a, a.broadcast(-0x1.13b232p-8f));
        q = q.fma(a, a.broadcast(0x1.9d1e5cp-6f));
        q = q.fma(a, a.broadcast(-0x1.bc20ccp-4f));
        q = q.fma(a, a.broadcast(-0x1.4433eep-1f));
        q = q.fma(a, a.broadcast(-0x1.212c74p0f));
        return q.fma(a, a.broadcast(0x1.8d4cbep-13f));
    }

    /// `max(x, 0) + ln(1 + e)` with `e = e^−|x|` in `[0, 1]`: `1 + e` is `1 + f`, or `2·(1 + f)`
    /// with `f = (e − 1)/2` where `e` exceeds `√2 − 1`.
    public static FloatVector softplus(FloatVector x) {
        FloatVector e = exp(x.abs().neg());
        VectorMask<Float> upper = e.compare(GT, 0.41421354f);
        FloatVector f = e.blend(e.sub(1).mul(0.5f), upper);
        FloatVector power = f.broadcast(0).blend(1, upper);
        FloatVector p = f.mul(-0x1.38baecp-4f).add(0x1.05617cp-3f);
        p = p.fma(f, f.broadcast(-0x1.0d85e0p-3f));
        p = p.fma(f, f.broadcast(0x1.22d8b2p-3f));
        p = p.fma(f, f.broadcast(-0x1.547218p-3f));
        p = p.fma(f, f.broadcast(0x1.99a022p-3f));
        p = p.fma(f, f.broadcast(-0x1.000228p-2f));
        p = p.fma(f, f.broadcast(0x1.555554p-2f));
        p = p.fma(f, f.broadcast(-0.5f)).mul(f.mul(f));
        FloatVector log = power.fma(f.broadcast(LN_2_LOW), p).add(f);
        return x.max(0).add(power.fma(f.broadcast(LN_2_HIGH), log));
    }
}
