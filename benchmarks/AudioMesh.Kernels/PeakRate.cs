// SPDX-License-Identifier: MIT
namespace AudioMesh.Kernels;

/// <summary>What one core can do at most, in 10^9 multiplications and additions a second.</summary>
internal sealed unsafe class PeakRate
{
    private const int Rounds = 20_000;
    private const int Chains = 12;

    public PeakRate(CLibrary c, Contest contest)
    {
        double[] times = contest.Run(Loop(c["separate_256"]), Loop(c["separate_512"]), Loop(c["fused_256"]), Loop(c["fused_512"]));
        Separate = Math.Max(Rate(8, times[0]), Rate(16, times[1]));
        Fused = Math.Max(Rate(8, times[2]), Rate(16, times[3]));
    }

    /// <summary>As instructions of their own, which is what the mix matrix does.</summary>
    public double Separate { get; }

    /// <summary>As fused instructions, counted as two operations.</summary>
    public double Fused { get; }

    private static Action Loop(void* function)
    {
        var loop = (delegate* unmanaged[SuppressGCTransition]<long, float, float, float>)function;
        return () => loop(Rounds, 0.5f, 0.25f);
    }

    private static double Rate(int lanes, double ns) => 2.0 * lanes * Chains * Rounds / ns;
}
