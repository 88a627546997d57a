/// Files of a user's own measurements: the schedule as JSON, the numbers as CSV or NPY.
package javelin.algorithms.fourierspi.files;
