// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Demo.Live;

/// <summary>Both at a moment.</summary>
internal sealed record DemoProgress(double Seconds, double Length, NodeFigures A, NodeFigures B);
