// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Eval.Results;

/// <summary>How a method filled single gaps.</summary>
/// <param name="Method">Its name.</param>
/// <param name="ByLength">A figure for each length judged; null where no gap counted.</param>
internal sealed record MethodGaps(string Method, IReadOnlyList<GapFigures?> ByLength);
