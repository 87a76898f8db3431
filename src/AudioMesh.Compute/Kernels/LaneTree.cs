// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute.Kernels;

/// <summary>The order in which kernels sum: element m in lane m mod 64, ascending, then a tree of halves.</summary>
internal static class LaneTree
{
    public const int Lanes = 64;

    /// <summary>The sum of all lanes, which are no use afterwards.</summary>
    public static float Total(Span<float> lanes)
    {
        for (int half = Lanes / 2; half > 0; half /= 2)
        {
            for (int lane = 0; lane < half; lane++)
            {
                lanes[lane] += lanes[lane + half];
            }
        }

        return lanes[0];
    }
}
