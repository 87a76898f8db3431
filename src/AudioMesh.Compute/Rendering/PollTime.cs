// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute.Rendering;

/// <summary>
/// How often the engine's threads look for new periods: the thread that begins them may be the device's, which wakes nobody.
/// </summary>
internal static class PollTime
{
    private const long ShortestNs = 250_000;
    private const long LongestNs = 1_000_000;

    public static long Of(GpuRenderOptions options) => Math.Clamp(options.PeriodNs / 4, ShortestNs, LongestNs);
}
