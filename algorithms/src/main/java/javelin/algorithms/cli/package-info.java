/// The command line `javelin`: one class per command, and what the commands share.
///
/// | exit code | meaning |
/// |---|---|
/// | 0 | done |
/// | 1 | the work failed; one sentence on standard error says why |
/// | 2 | wrong usage; one sentence says what was expected |
package javelin.algorithms.cli;
