/// Learning rates over the steps of a run.
package javelin.nn.schedule;
