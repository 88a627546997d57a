package javelin.algorithms.dcp;

/// Settings of discrimination-aware channel pruning, under the names of the paper.
///
/// @param variant in which order losses are trained and channels selected
/// @param criterion how channels are chosen
/// @param losses number of additional losses, `P`; 3 for ResNet-56, 2 for VGGNet and ResNet-18
/// @param lambda weight of the discrimination-aware loss, `λ` in Eq. (6); 1. The authors' code has
///   no ½ in front of `L_M`, so it is the objective here with 0.5
/// @param stop when a layer has enough channels
/// @param norm size of a channel's gradient
/// @param reference what `L_M` rebuilds
/// @param stage training before the selection in each stage (variant V2: once before all)
/// @param sub fitting of the selected channels, problem (8)
/// @param safeguard whether a fit that is worse than the one before it is replaced, so that the
///   objective never grows; see [GreedySelection]
/// @param seed of heads and random choices
public record DcpConfig(
        Variant variant,
        Criterion criterion,
        int losses,
        double lambda,
        StopRule stop,
        ScoreNorm norm,
        Reference reference,
        Stage stage,
        Sub sub,
        boolean safeguard,
        long seed) {
    /// Checks the ranges.
    public DcpConfig {
        if (losses < 0 || !(lambda >= 0 && lambda < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "dcp: losses and lambda must not be negative, got %d and %s"
                            .formatted(losses, lambda));
        }
    }

    /// The two published orders of work.
    public enum Variant {
        /// Stage by stage: train with the stage's loss and the final one, then select its layers.
        NEURIPS,
        /// Train once with all losses; after the selection in each stage repair for one epoch.
        V2
    }

    /// Which network's outputs are rebuilt, `M^b`.
    public enum Reference {
        /// The network after the first training, as in the authors' first code release.
        REFRESHED,
        /// The network as it was given, as the paper says.
        PRETRAINED
    }

    /// Training with additional losses.
    ///
    /// @param epochs passes over the training data; 100 in the paper
    /// @param rate learning rate; 0.1. It is divided by ten after 40 % and 60 % of the epochs
    public record Stage(int epochs, double rate) {}

    /// Fitting of the selected channels, by stochastic gradient descent with Nesterov momentum 0.9
    /// and weight decay 1e-4.
    ///
    /// @param epochs passes over the selection data per added channel; 1
    /// @param rate learning rate; 0.01
    /// @param decay weight decay; 1e-4
    /// @param clip longest gradient; 10 as in the authors' first code release, 0 for no limit
    public record Sub(int epochs, double rate, double decay, double clip) {}

    /// The paper's settings for ResNet-56 on CIFAR-10, but for the length of training, which
    /// depends on the data: 100 epochs there.
    public static DcpConfig of(PruningRate rate, int stageEpochs) {
        return new DcpConfig(
                Variant.NEURIPS,
                Criterion.DCP,
                3,
                1,
                new StopRule.Budget(rate),
                ScoreNorm.FROBENIUS,
                Reference.REFRESHED,
                new Stage(stageEpochs, 0.1),
                new Sub(1, 0.01, 1e-4, 10),
                true,
                1);
    }

    /// Weight of `L_S` for the criterion: none for pure reconstruction.
    double discrimination() {
        return criterion == Criterion.RECONSTRUCTION ? 0 : lambda;
    }

    /// Weight of `L_M`: none for pure discrimination.
    double reconstruction() {
        return criterion == Criterion.DISCRIMINATION ? 0 : 1;
    }

    /// The same with another choice of channels.
    public DcpConfig withCriterion(Criterion c) {
        return new DcpConfig(
                variant, c, losses, lambda, stop, norm, reference, stage, sub, safeguard, seed);
    }

    /// The same with another order of work.
    public DcpConfig withVariant(Variant v) {
        return new DcpConfig(
                v, criterion, losses, lambda, stop, norm, reference, stage, sub, safeguard, seed);
    }

    /// The same with another number of additional losses.
    public DcpConfig withLosses(int p) {
        return new DcpConfig(
                variant, criterion, p, lambda, stop, norm, reference, stage, sub, safeguard, seed);
    }

    /// The same with another weight of the discrimination-aware loss.
    public DcpConfig withLambda(double l) {
        return new DcpConfig(
                variant, criterion, losses, l, stop, norm, reference, stage, sub, safeguard, seed);
    }

    /// The same with another end of the selection.
    public DcpConfig withStop(StopRule s) {
        return new DcpConfig(
                variant, criterion, losses, lambda, s, norm, reference, stage, sub, safeguard,
                seed);
    }

    /// The same with another training before the selection.
    public DcpConfig withStage(Stage s) {
        return new DcpConfig(
                variant, criterion, losses, lambda, stop, norm, reference, s, sub, safeguard, seed);
    }

    /// The same with another fitting of the selected channels.
    public DcpConfig withSub(Sub s) {
        return new DcpConfig(
                variant, criterion, losses, lambda, stop, norm, reference, stage, s, safeguard,
                seed);
    }

    /// The same with another seed.
    public DcpConfig withSeed(long s) {
        return new DcpConfig(
                variant, criterion, losses, lambda, stop, norm, reference, stage, sub, safeguard,
                s);
    }
}
