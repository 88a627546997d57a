package javelin.nn.data;

/// A picture of bytes.
///
/// @param height rows
/// @param width columns
/// @param channels 1 grey, 3 red, green and blue
/// @param pixels `[h, w, c]`, row-major, 0 to 255; not copied
@SuppressWarnings("ArrayRecordComponent") // a picture is its memory
public record Picture(int height, int width, int channels, byte[] pixels) {
    public Picture {
        if (height < 1
                || width < 1
                || (channels != 1 && channels != 3)
                || (long) height * width * channels != pixels.length) {
            throw new IllegalArgumentException(
                    "picture: %d values do not fill [%d, %d, %d]; channels are 1 or 3"
                            .formatted(pixels.length, height, width, channels));
        }
    }

    /// Picture of `[h, w, c]` values from 0 to 1, rounded; what lies outside is clipped, NaN is 0.
    public static Picture ofFloats(float[] values, int height, int width, int channels) {
        byte[] pixels = new byte[values.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) Math.clamp(Math.round(values[i] * 255), 0, 255);
        }
        return new Picture(height, width, channels, pixels);
    }

    /// Values from 0 to 1.
    public float[] floats() {
        float[] values = new float[pixels.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (pixels[i] & 0xff) / 255f;
        }
        return values;
    }

    /// Value at a place, 0 to 255.
    public int at(int y, int x, int c) {
        return pixels[(y * width + x) * channels + c] & 0xff;
    }

    /// With one channel: `0.299 R + 0.587 G + 0.114 B` (ITU-R BT.601), rounded.
    public Picture grey() {
        if (channels == 1) {
            return this;
        }
        byte[] grey = new byte[height * width];
        for (int i = 0; i < grey.length; i++) {
            int sum =
                    299 * (pixels[3 * i] & 0xff)
                            + 587 * (pixels[3 * i + 1] & 0xff)
                            + 114 * (pixels[3 * i + 2] & 0xff);
            grey[i] = (byte) ((sum + 500) / 1000);
        }
        return new Picture(height, width, 1, grey);
    }

    /// With three channels; those of a grey picture are equal.
    public Picture rgb() {
        if (channels == 3) {
            return this;
        }
        byte[] rgb = new byte[3 * pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            rgb[3 * i] = pixels[i];
            rgb[3 * i + 1] = pixels[i];
            rgb[3 * i + 2] = pixels[i];
        }
        return new Picture(height, width, 3, rgb);
    }
}
