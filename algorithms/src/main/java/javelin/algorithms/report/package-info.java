/// Reports: one HTML file with texts, tables, charts and pictures, and nothing outside it.
///
/// [javelin.algorithms.report.Report] puts the page together, [javelin.algorithms.report.LineChart]
/// draws curves, [javelin.algorithms.report.Confusion] counts and shows which class was taken for
/// which.
package javelin.algorithms.report;
