/// Digital twin of the instrument, and what belongs to running it.
///
/// | effect | part | off |
/// |---|---|---|
/// | energy and timing jitter, spectrum | [Laser] | 0, 0, edge 1 |
/// | contrast lost to dispersion | [Stretch] | `limitsContrast` false |
/// | generator: sampling, bits, bandwidth | [Modulator] | infinite, 0, infinite |
/// | modulator: harmonics, extinction, bias error | [Modulator] | `LINEAR`, infinite, 0 |
/// | electrons, electronics, ambient light, drift, memory | [Detector] | [Detector#IDEAL] |
/// | converter, motion within a line, thickness of the line, sub-pixels | [InstrumentConfig] | 0, frozen, 0, 1 |
///
/// [Calibration] finds the response from a blank and a slit, [RowSkew] takes motion back.
package javelin.algorithms.fourierspi.instrument;
