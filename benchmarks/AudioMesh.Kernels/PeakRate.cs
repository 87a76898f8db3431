// SPDX-License-Identifier: MIT
using System.Runtime.Intrinsics;

namespace AudioMesh.Kernels;

/// <summary>What one core can do at most, in 10^9 multiplications and additions a second.</summary>
internal sealed unsafe class PeakRate
{
    private const int Rounds = 2_000;
    private const int Chains = 12;

    private readonly Action[] _loops;
    private readonly int _widest;

    public PeakRate(CLibrary c, Contest contest)
    {
        _loops = [Loop(c["separate_256"]), Loop(c["separate_512"]), Loop(c["fused_256"]), Loop(c["fused_512"])];
        double[] times = contest.Run(_loops);
        _widest = Vector512.IsHardwareAccelerated && Rate(16, times[1]) > Rate(8, times[0]) ? 1 : 0;
        Separate = SeparateIn(times[_widest]);
        Fused = Math.Max(Rate(8, times[2]), Rate(16, times[3]));
    }

    /// <summary>As instructions of their own, which is what the mix matrix does.</summary>
    public double Separate { get; }

    /// <summary>As fused instructions, counted as two operations.</summary>
    public double Fused { get; }

    /// <summary>The loop that reaches <see cref="Separate"/>, to be timed beside others.</summary>
    public Action Loop() => _loops[_widest];

    /// <summary>The rate of one call of it that took so long.</summary>
    public double SeparateIn(double ns) => Rate(_widest == 1 ? 16 : 8, ns);

    private static Action Loop(void* function)
    {
        var loop = (delegate* unmanaged[SuppressGCTransition]<long, float, float, float>)function;
        return () => loop(Rounds, 0.5f, 0.25f);
    }

    private static double Rate(int lanes, double ns) => 2.0 * lanes * Chains * Rounds / ns;
}
