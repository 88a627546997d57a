/// Objects to take pictures of, all of them drawn by formula: QR codes, a phantom, a Siemens star,
/// a random field like natural pictures.
package javelin.algorithms.fourierspi.targets;
