package javelin.nn.data;

/// How pictures of any size become samples of one size.
///
/// @param height rows, or 0 for those of the first picture, which all others must then have
/// @param width columns, or 0 likewise
/// @param channels 1 grey, 3 colour, or 0 for colour if any picture has some
public record Fit(int height, int width, int channels) {
    /// Sizes must be equal; colour if any picture has some.
    public static final Fit AS_IS = new Fit(0, 0, 0);

    public Fit {
        if (height < 0 || width < 0 || (height == 0) != (width == 0)) {
            throw new IllegalArgumentException(
                    "fit: size %d x %d; both are positive, or both 0".formatted(width, height));
        }
        if (channels != 0 && channels != 1 && channels != 3) {
            throw new IllegalArgumentException(
                    "fit: %d channels; expected 0, 1 or 3".formatted(channels));
        }
    }

    /// Scaled and cut to a size; colour if any picture has some.
    public static Fit to(int height, int width) {
        return new Fit(height, width, 0);
    }

    /// This with another number of channels.
    public Fit withChannels(int channels) {
        return new Fit(height, width, channels);
    }

    /// Scaled and cut, in the wanted channels.
    Picture apply(Picture p) {
        Picture q = channels == 1 ? p.grey() : channels == 3 ? p.rgb() : p;
        return height == 0 ? q : Images.cover(q, height, width, Filter.BILINEAR);
    }
}
