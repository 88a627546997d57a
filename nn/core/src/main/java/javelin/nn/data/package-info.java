/// Data: readers of image data sets, pictures, drawn digits, and the loader that feeds training.
///
/// | from | with |
/// |---|---|
/// | a known data set | [javelin.nn.data.DataSets] |
/// | IDX, CIFAR binary, folders and zips of images | [javelin.nn.data.Idx], [javelin.nn.data.CifarBinary], [javelin.nn.data.ImageFolder] |
/// | nothing | [javelin.nn.data.DrawnDigits] |
/// | single pictures | [javelin.nn.data.Images] |
///
/// Samples are channels last, with values from 0 to 1. Bad files are refused with a
/// [javelin.nn.io.FormatException].
package javelin.nn.data;
