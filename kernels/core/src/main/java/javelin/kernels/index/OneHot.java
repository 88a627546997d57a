package javelin.kernels.index;

import javelin.kernels.Kernel;

/// `y[i…, k] = 1` if `k = index[i…]`, else 0: `index` (I32, any shape) `→ [i…, depth]`. Indices
/// outside `0 … depth−1` give a row of zeros.
public record OneHot() implements Kernel {}
