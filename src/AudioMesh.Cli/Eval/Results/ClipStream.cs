// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Eval.Results;

/// <summary>A clip as a stream that lost packets.</summary>
/// <param name="Clip">Its name.</param>
/// <param name="Packets">How many were sent.</param>
/// <param name="LostPackets">How many of them were lost.</param>
/// <param name="Gaps">In how many gaps.</param>
/// <param name="TraceHash">Of which ones.</param>
/// <param name="Methods">A method each.</param>
internal sealed record ClipStream(string Clip, int Packets, int LostPackets, int Gaps, ulong TraceHash, IReadOnlyList<MethodFigures> Methods);
