package javelin.nn.data;

import java.util.List;

/// Images of one size with class labels. Implementations are immutable and may be used from several
/// threads.
public interface Dataset {
    /// Number of samples.
    int size();

    /// Height of a sample in pixels.
    int height();

    /// Width of a sample in pixels.
    int width();

    /// Channels of a sample: 1 grey, 3 red, green and blue.
    int channels();

    /// Names of the classes, in the order of the labels; empty without labels.
    List<String> classes();

    /// Class of sample `i`, or -1 without labels.
    int label(int i);

    /// Writes sample `i` as `[h, w, c]` with values from 0 to 1.
    void sample(int i, float[] into, int offset);

    /// What sample `i` is called, for reports.
    default String name(int i) {
        return "#" + i;
    }

    /// Numbers in one sample.
    default int sampleLength() {
        return height() * width() * channels();
    }

    /// Sample `i` as a picture of bytes.
    default Picture picture(int i) {
        float[] values = new float[sampleLength()];
        sample(i, values, 0);
        return Picture.ofFloats(values, height(), width(), channels());
    }

    /// Number of samples of each class.
    default int[] histogram() {
        int[] counts = new int[classes().size()];
        for (int i = 0; i < size(); i++) {
            if (label(i) >= 0) {
                counts[label(i)]++;
            }
        }
        return counts;
    }
}
