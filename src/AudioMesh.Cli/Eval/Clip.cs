// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Eval;

/// <summary>A recording, its channels mixed into one.</summary>
/// <param name="Name">The file's, without its extension.</param>
/// <param name="Rate">Frames per second.</param>
/// <param name="Samples">What should have been heard.</param>
internal sealed record Clip(string Name, int Rate, float[] Samples);
