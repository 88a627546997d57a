/// Judging pictures: reading QR codes, rates with intervals, distances to the truth.
package javelin.algorithms.fourierspi.recognition;
