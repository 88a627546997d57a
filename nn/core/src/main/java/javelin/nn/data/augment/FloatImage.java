package javelin.nn.data.augment;

/// An image on its way through a chain of [Augment]s, which own it and may change it in place.
///
/// @param values `[h, w, c]`, row-major
/// @param height rows
/// @param width columns
/// @param channels innermost axis
@SuppressWarnings("ArrayRecordComponent") // an image is its memory
public record FloatImage(float[] values, int height, int width, int channels) {
    /// Checks that the values fill the shape.
    public FloatImage {
        if ((long) height * width * channels != values.length) {
            throw new IllegalArgumentException(
                    "image: %d values do not fill [%d, %d, %d]"
                            .formatted(values.length, height, width, channels));
        }
    }

    /// Black image of this size.
    FloatImage blank() {
        return new FloatImage(new float[values.length], height, width, channels);
    }

    /// Where a pixel begins.
    int at(int y, int x) {
        return (y * width + x) * channels;
    }
}
