// SPDX-License-Identifier: MIT
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Media.Nodes;

/// <summary>The words for encodings in requests.</summary>
internal static class EncodingNames
{
    public static IReadOnlyList<string> All { get; } = ["f32", "s24", "s16", "opus"];

    public static string Of(SampleEncoding encoding) => All[(int)encoding - (int)SampleEncoding.Float32];

    public static SampleEncoding Parse(string name) => SampleEncoding.Float32 + (byte)All.ToList().IndexOf(name);
}
