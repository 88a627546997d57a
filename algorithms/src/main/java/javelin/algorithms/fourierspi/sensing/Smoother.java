package javelin.algorithms.fourierspi.sensing;

/// Solves `(ρ·DᵀD + ε)·x = b` along lines with periodic border, by one recursion forwards and one
/// backwards: `ρ(2 − 2·cos ω) + ε = ρ/r · |1 − r·e^(iω)|²` with `r + 1/r = 2 + ε/ρ`. Exact, and
/// several times cheaper than Fourier transforms.
final class Smoother {
    private final int columns;
    private final float r;
    private final float gain;
    private final float wrap;

    Smoother(int columns, double rho, double epsilon) {
        this.columns = columns;
        double sum = 2 + epsilon / rho;
        double root = (sum - Math.sqrt(sum * sum - 4)) / 2;
        r = (float) root;
        gain = (float) (root / rho);
        wrap = (float) (1 / (1 - Math.pow(root, columns)));
    }

    /// Solves for each line of `x`, in place. Four lines at a time, since each recursion waits for
    /// its last value.
    void run(float[] x, int lines) {
        int line = 0;
        for (; line + 4 <= lines; line += 4) {
            four(x, line * columns);
        }
        for (; line < lines; line++) {
            one(x, line * columns);
        }
    }

    /// Solves for one line of interleaved pairs, such as complex numbers, in place.
    void runPairs(float[] x, int at) {
        int end = at + 2 * columns;
        float p = 0;
        float q = 0;
        for (int i = at; i < end; i += 2) {
            p = Math.fma(r, p, x[i]);
            q = Math.fma(r, q, x[i + 1]);
        }
        p *= wrap;
        q *= wrap;
        for (int i = at; i < end; i += 2) {
            x[i] = p = Math.fma(r, p, x[i]);
            x[i + 1] = q = Math.fma(r, q, x[i + 1]);
        }
        p = 0;
        q = 0;
        for (int i = end - 2; i >= at; i -= 2) {
            p = Math.fma(r, p, x[i]);
            q = Math.fma(r, q, x[i + 1]);
        }
        p *= wrap;
        q *= wrap;
        for (int i = end - 2; i >= at; i -= 2) {
            p = Math.fma(r, p, x[i]);
            q = Math.fma(r, q, x[i + 1]);
            x[i] = gain * p;
            x[i + 1] = gain * q;
        }
    }

    private void four(float[] x, int a) {
        int b = a + columns;
        int c = b + columns;
        int d = c + columns;
        float p = 0;
        float q = 0;
        float s = 0;
        float t = 0;
        for (int i = 0; i < columns; i++) { // what went round comes in from the left
            p = Math.fma(r, p, x[a + i]);
            q = Math.fma(r, q, x[b + i]);
            s = Math.fma(r, s, x[c + i]);
            t = Math.fma(r, t, x[d + i]);
        }
        p *= wrap;
        q *= wrap;
        s *= wrap;
        t *= wrap;
        for (int i = 0; i < columns; i++) {
            x[a + i] = p = Math.fma(r, p, x[a + i]);
            x[b + i] = q = Math.fma(r, q, x[b + i]);
            x[c + i] = s = Math.fma(r, s, x[c + i]);
            x[d + i] = t = Math.fma(r, t, x[d + i]);
        }
        p = 0;
        q = 0;
        s = 0;
        t = 0;
        for (int i = columns - 1; i >= 0; i--) {
            p = Math.fma(r, p, x[a + i]);
            q = Math.fma(r, q, x[b + i]);
            s = Math.fma(r, s, x[c + i]);
            t = Math.fma(r, t, x[d + i]);
        }
        p *= wrap;
        q *= wrap;
        s *= wrap;
        t *= wrap;
        for (int i = columns - 1; i >= 0; i--) {
            p = Math.fma(r, p, x[a + i]);
            q = Math.fma(r, q, x[b + i]);
            s = Math.fma(r, s, x[c + i]);
            t = Math.fma(r, t, x[d + i]);
            x[a + i] = gain * p;
            x[b + i] = gain * q;
            x[c + i] = gain * s;
            x[d + i] = gain * t;
        }
    }

    private void one(float[] x, int at) {
        float p = 0;
        for (int i = 0; i < columns; i++) {
            p = Math.fma(r, p, x[at + i]);
        }
        p *= wrap;
        for (int i = 0; i < columns; i++) {
            x[at + i] = p = Math.fma(r, p, x[at + i]);
        }
        p = 0;
        for (int i = columns - 1; i >= 0; i--) {
            p = Math.fma(r, p, x[at + i]);
        }
        p *= wrap;
        for (int i = columns - 1; i >= 0; i--) {
            p = Math.fma(r, p, x[at + i]);
            x[at + i] = gain * p;
        }
    }
}
