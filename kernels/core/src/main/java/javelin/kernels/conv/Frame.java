package javelin.kernels.conv;

import java.util.Arrays;

/// Copies of parts of images into scratch memory, with zeros around.
final class Frame {
    private Frame() {}

    /// Channels `c0` to `c0 + channels` of the pixels in rows `r0 … r0 + rows` and columns `s0 … s0
    /// + columns` of an image `[h, w, c]` at `x[at]`, as `[rows, columns, channels]` at
    ///   `frame[to]`.
    static void copy(
            float[] x,
            int at,
            int h,
            int w,
            int c,
            int c0,
            int channels,
            int r0,
            int rows,
            int s0,
            int columns,
            float[] frame,
            int to) {
        int left = Math.clamp(-(long) s0, 0, columns);
        int right = Math.clamp((long) w - s0, left, columns);
        int width = columns * channels;
        for (int r = 0; r < rows; r++) {
            int row = to + r * width;
            if (r0 + r < 0 || r0 + r >= h || left == right) {
                Arrays.fill(frame, row, row + width, 0);
                continue;
            }
            Arrays.fill(frame, row, row + left * channels, 0);
            Arrays.fill(frame, row + right * channels, row + width, 0);
            int from = at + ((r0 + r) * w + s0 + left) * c + c0;
            if (channels == c) {
                System.arraycopy(x, from, frame, row + left * channels, (right - left) * c);
            } else {
                pixels(x, from, c, channels, right - left, frame, row + left * channels);
            }
        }
    }

    private static void pixels(
            float[] x, int from, int c, int channels, int count, float[] frame, int to) {
        for (int s = 0; s < count; s++) {
            for (int t = 0; t < channels; t++) {
                frame[to + s * channels + t] = x[from + s * c + t];
            }
        }
    }
}
