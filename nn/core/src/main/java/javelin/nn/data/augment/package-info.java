/// Changes to training images: each an [javelin.nn.data.augment.Augment], chained by
/// [javelin.nn.data.augment.Augment#then].
package javelin.nn.data.augment;
