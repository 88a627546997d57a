/// Losses: functions of a prediction and a target.
package javelin.nn.loss;
