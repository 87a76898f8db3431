// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Network.Transport;

/// <summary>At which edge of a period a transport begins to roll, and where, so that the frame asked for is heard at the time asked for.</summary>
/// <param name="Cycles">The edge, counted in periods from the present one.</param>
/// <param name="Frame">Where the transport is then.</param>
/// <param name="Missed">Frames from the one asked for on that are left out.</param>
/// <param name="Extra">Frames before it that are heard too.</param>
internal readonly record struct EdgePlan(long Cycles, long Frame, long Missed, long Extra)
{
    /// <summary>
    /// <paramref name="frame"/> is due <paramref name="framesAhead"/> frames after the present edge. The last edge before that is taken, so that all of it is heard; the one after
    /// it where the transport would have to begin before its first frame, or where <paramref name="earliest"/> is later.
    /// </summary>
    [RealtimeSafe]
    public static EdgePlan For(long frame, double framesAhead, int period, long earliest)
    {
        long cycles = Math.Max(earliest, (long)Math.Floor((framesAhead + 0.5) / period));
        long offset = (long)Math.Round((cycles * (double)period) - framesAhead);
        if (frame + offset < 0)
        {
            cycles++;
            offset += period;
        }

        return new EdgePlan(cycles, frame + offset, Math.Max(0, offset), Math.Max(0, -offset));
    }

    /// <summary>The same edge, with the transport so many frames further there.</summary>
    [RealtimeSafe]
    public EdgePlan MovedBy(long frames)
    {
        long offset = Missed - Extra + frames;
        return this with { Frame = Frame + frames, Missed = Math.Max(0, offset), Extra = Math.Max(0, -offset) };
    }
}
