// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Eval.Results;

/// <summary>A file that was left out.</summary>
internal sealed record SkippedClip(string Name, string Reason);
