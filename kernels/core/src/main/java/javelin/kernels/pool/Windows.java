package javelin.kernels.pool;

/// Which pixels each output pixel of a pooling looks at.
public sealed interface Windows {
    /// Rows of the result for an image of `h` rows; not positive if no window fits.
    int outH(int h);

    /// Columns of the result for an image of `w` columns; not positive if no window fits.
    int outW(int w);

    /// First row of window row `p` in an image of `h` rows; may be negative (padding).
    int top(int p, int h);

    /// Row after the last one of window row `p`; may exceed `h` (padding).
    int bottom(int p, int h);

    /// First column of window column `q` in an image of `w` columns; may be negative (padding).
    int left(int q, int w);

    /// Column after the last one of window column `q`; may exceed `w` (padding).
    int right(int q, int w);

    /// Windows of `kh × kw` pixels every `strideH × strideW` pixels of an image padded on each
    /// side. Every window must overlap the image: padding is at most half a window.
    record Sliding(
            int kh,
            int kw,
            int strideH,
            int strideW,
            int padTop,
            int padBottom,
            int padLeft,
            int padRight)
            implements Windows {
        /// Checks the ranges.
        ///
        /// @throws IllegalArgumentException if a size is not positive or the padding exceeds half a
        ///   window
        public Sliding {
            if (kh < 1 || kw < 1 || strideH < 1 || strideW < 1) {
                throw new IllegalArgumentException(
                        "pooling: window and stride must be at least 1, got %d×%d and %d×%d"
                                .formatted(kh, kw, strideH, strideW));
            }
            if (padTop < 0
                    || padBottom < 0
                    || padLeft < 0
                    || padRight < 0
                    || Math.max(padTop, padBottom) > kh / 2
                    || Math.max(padLeft, padRight) > kw / 2) {
                throw new IllegalArgumentException(
                        "pooling: padding must be 0 to half the window %d×%d, got %d, %d, %d, %d"
                                .formatted(kh, kw, padTop, padBottom, padLeft, padRight));
            }
        }

        /// Square windows.
        public static Sliding of(int size, int stride, int padding) {
            return new Sliding(size, size, stride, stride, padding, padding, padding, padding);
        }

        @Override
        public int outH(int h) {
            return Math.floorDiv(h + padTop + padBottom - kh, strideH) + 1;
        }

        @Override
        public int outW(int w) {
            return Math.floorDiv(w + padLeft + padRight - kw, strideW) + 1;
        }

        @Override
        public int top(int p, int h) {
            return p * strideH - padTop;
        }

        @Override
        public int bottom(int p, int h) {
            return p * strideH - padTop + kh;
        }

        @Override
        public int left(int q, int w) {
            return q * strideW - padLeft;
        }

        @Override
        public int right(int q, int w) {
            return q * strideW - padLeft + kw;
        }
    }

    /// Windows that divide an image of any size into `oh × ow` parts: part `p` of `h` pixels covers
    /// `⌊p·h/oh⌋ … ⌈(p+1)·h/oh⌉`. Neighbours overlap where the sizes do not divide.
    record Adaptive(int oh, int ow) implements Windows {
        /// Checks the ranges.
        ///
        /// @throws IllegalArgumentException if a size is not positive
        public Adaptive {
            if (oh < 1 || ow < 1) {
                throw new IllegalArgumentException(
                        "pooling: output size must be at least 1, got %d×%d".formatted(oh, ow));
            }
        }

        @Override
        public int outH(int h) {
            return oh;
        }

        @Override
        public int outW(int w) {
            return ow;
        }

        @Override
        public int top(int p, int h) {
            return start(p, h, oh);
        }

        @Override
        public int bottom(int p, int h) {
            return end(p, h, oh);
        }

        @Override
        public int left(int q, int w) {
            return start(q, w, ow);
        }

        @Override
        public int right(int q, int w) {
            return end(q, w, ow);
        }

        private static int start(int i, int in, int out) {
            return (int) ((long) i * in / out);
        }

        private static int end(int i, int in, int out) {
            return (int) (((long) (i + 1) * in + out - 1) / out);
        }
    }
}
