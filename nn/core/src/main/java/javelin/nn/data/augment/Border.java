package javelin.nn.data.augment;

/// What lies beyond the edge of an image.
public enum Border {
    /// 0, which is black.
    ZERO,
    /// The image mirrored at its outermost pixels, which are not repeated.
    REFLECT;

    /// Place in an axis of `size` pixels, or -1 for black.
    int place(int i, int size) {
        if (i >= 0 && i < size) {
            return i;
        }
        if (this == ZERO) {
            return -1;
        }
        int period = Math.max(1, 2 * (size - 1));
        int k = Math.floorMod(i, period);
        return k < size ? k : period - k;
    }
}
