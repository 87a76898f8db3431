// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Eval.Results;

/// <summary>How a stream sounded under a method.</summary>
/// <param name="Method">Its name.</param>
/// <param name="Values">In the order of <see cref="StreamFigure.All"/>; null where there is nothing to judge, such as gaps where nothing was lost.</param>
internal sealed record MethodFigures(string Method, IReadOnlyList<double?> Values);
