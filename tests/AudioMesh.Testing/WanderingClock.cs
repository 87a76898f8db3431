// SPDX-License-Identifier: MIT
namespace AudioMesh.Testing;

/// <summary>A quartz whose rate swings with the temperature: by <paramref name="wanderPpb"/> around its skew, once in <paramref name="periodSeconds"/>.</summary>
public sealed class WanderingClock(double hz, double ppm, double wanderPpb, double periodSeconds)
{
    /// <summary>Ticks it has jumped by.</summary>
    public long JumpTicks { get; set; }

    /// <summary>The tick it shows at a mesh time.</summary>
    public long TicksAt(long meshNs)
    {
        double omega = 2 * Math.PI / periodSeconds;
        double swingSeconds = wanderPpb * 1e-9 * (1 - Math.Cos(omega * meshNs * 1e-9)) / omega;
        decimal seconds = (meshNs * (1 + ((decimal)ppm * 1e-6m)) * 1e-9m) + (decimal)swingSeconds;
        return JumpTicks + (long)Math.Floor(seconds * (decimal)hz);
    }
}
