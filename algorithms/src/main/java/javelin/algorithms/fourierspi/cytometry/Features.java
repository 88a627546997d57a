package javelin.algorithms.fourierspi.cytometry;

import java.util.List;

/// What is measured of one cell, in SI units.
///
/// @param area square metres
/// @param diameter of the disc of equal area, `√(4A/π)`, metres
/// @param perimeter by Cauchy's and Crofton's formula along four directions, metres
/// @param circularity `4πA/P²`, 1 for a disc
/// @param aspect long over short axis of the ellipse of equal second moments
/// @param eccentricity of that ellipse
/// @param mean absorbance
/// @param std standard deviation of the absorbance
/// @param max largest absorbance
/// @param integrated absorbance over the area, square metres
/// @param ring0 mean absorbance in the inner quarter of the radius
/// @param ring1 in the second quarter
/// @param ring2 in the third quarter
/// @param ring3 from three quarters of the radius outwards
/// @param nucleus area darker than 70 % of `max` over the whole
/// @param contrast mean squared difference of neighbours, in levels of an eighth of `max`
/// @param homogeneity mean of `1/(1 + difference²)` of neighbours
/// @param entropy of pairs of neighbours, nats
/// @param gradient mean squared slope of the absorbance, per square metre
public record Features(
        double area,
        double diameter,
        double perimeter,
        double circularity,
        double aspect,
        double eccentricity,
        double mean,
        double std,
        double max,
        double integrated,
        double ring0,
        double ring1,
        double ring2,
        double ring3,
        double nucleus,
        double contrast,
        double homogeneity,
        double entropy,
        double gradient) {
    /// Names, in the order of [#toArray()].
    public static final List<String> NAMES =
            List.of(
                    "area",
                    "diameter",
                    "perimeter",
                    "circularity",
                    "aspect",
                    "eccentricity",
                    "mean",
                    "std",
                    "max",
                    "integrated",
                    "ring0",
                    "ring1",
                    "ring2",
                    "ring3",
                    "nucleus",
                    "contrast",
                    "homogeneity",
                    "entropy",
                    "gradient");

    /// All values in order.
    public double[] toArray() {
        return new double[] {
            area, diameter, perimeter, circularity, aspect, eccentricity, mean, std, max,
            integrated, ring0, ring1, ring2, ring3, nucleus, contrast, homogeneity, entropy,
            gradient
        };
    }
}
