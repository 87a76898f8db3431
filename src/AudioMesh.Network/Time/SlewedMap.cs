// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Time;

/// <summary>
/// What is shown of mesh time: follows the best knowledge of it without a step, by running a little fast or slow. Its bound is that of the
/// knowledge plus what is still to be made up.
/// </summary>
internal sealed class SlewedMap(ClockMap first)
{
    /// <summary>More than this is not slewed but set: it would take longer than anybody wants to be wrong.</summary>
    public const long StepNs = 1_000_000;

    /// <summary>What is off is made up in about this time, where the greatest slew allows.</summary>
    private const double ConstantNs = 2e9;

    public ClockMap Map { get; private set; } = first;

    /// <summary>
    /// Approaches <paramref name="target"/>, whose origin is <paramref name="hostNow"/> and which may be wrong by <paramref name="doubtNs"/> more than it says. Answers by how
    /// much it had to be set, 0 when it was not.
    /// </summary>
    public long Follow(ClockMap target, MeshTime hostNow, double doubtNs)
    {
        MeshTime shown = Map.ToMesh(hostNow.Nanoseconds);
        long behindNs = target.MeshOrigin - shown;
        if (Math.Abs(behindNs) > StepNs)
        {
            Map = new ClockMap(target.SourceOrigin, target.MeshOrigin, target.Rate, target.ErrorNs + doubtNs, target.RateError);
            return behindNs;
        }

        double slew = Math.Clamp(behindNs / ConstantNs, -MeshTimebase.MaxSlewPpm * 1e-6, MeshTimebase.MaxSlewPpm * 1e-6);
        double errorNs = target.ErrorNs + doubtNs + Math.Abs((double)behindNs) + 1;
        Map = new ClockMap(hostNow.Nanoseconds, shown, target.Rate + slew, errorNs, target.RateError + Math.Abs(slew));
        return 0;
    }
}
