// SPDX-License-Identifier: MIT
namespace AudioMesh.Benchmarks;

/// <summary>Samples that are neither silent nor denormal.</summary>
internal static class Sound
{
    public static float[] Make(int samples) => [.. Enumerable.Range(0, samples).Select(i => 0.5f * MathF.Sin(i * 0.06f))];
}
