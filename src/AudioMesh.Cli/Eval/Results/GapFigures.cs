// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Eval.Results;

/// <summary>
/// Errors of fills against what was lost, in decibels of its energy: 0 is silence. Each gap is clipped to -40..+6 dB; gaps in silence do not count.
/// </summary>
/// <param name="Gaps">How many gaps counted.</param>
/// <param name="MeanDb">Of the gaps of a clip; over clips, the mean of the clips' means, and so for the others.</param>
/// <param name="MedianDb">Half of the gaps are worse.</param>
/// <param name="P90Db">One gap in ten is worse.</param>
internal sealed record GapFigures(int Gaps, double MeanDb, double MedianDb, double P90Db);
