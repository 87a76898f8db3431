// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Eval.Results;

/// <summary>What a method made of a gap.</summary>
/// <param name="Method">Its name.</param>
/// <param name="Samples">What was heard, as long as the reference.</param>
/// <param name="ErrorDb">By length; null where nothing was to be heard.</param>
internal sealed record GapFill(string Method, float[] Samples, IReadOnlyList<double?> ErrorDb);
