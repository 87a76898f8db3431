// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Latency.Starts;

/// <summary>
/// Holds what an ear heard against what was ordered, in mesh time: that of the reference, whose clock and map are known here. The ear's times are of this machine's clock, which no agent
/// knows of.
/// </summary>
internal sealed class OrderJudge(SimulatedClock reference, ClockMap map, int period)
{
    public const int Rate = 48_000;

    /// <summary>Beyond the bound an order may be off by so much: half a frame is lost by rounding to frames, and the rest to JACK's whole microseconds.</summary>
    private const double AllowedFrames = 1;

    /// <summary>This machine's time at a mesh time.</summary>
    public long MachineNs(long meshNs) => reference.ToMachine(new MeshTime(map.ToSource(new MeshTime(meshNs)))).Nanoseconds;

    /// <summary>Judges a start, or a locating while it plays: the frame that is heard at the time is to be the frame asked for.</summary>
    public HostResult Roll(string host, ToldOutcome told, IReadOnlyList<Heard> heard)
    {
        long due = MachineNs(told.AtNs);
        Heard[] changes = [.. heard.Where(one => one.Kind != HeardKind.Stands)];
        Heard? sound = Array.FindLast(changes, one => one.JackNs <= due) is { Kind: HeardKind.Sound } under ? under
            : Array.Find(changes, one => one.JackNs > due && one.Kind == HeardKind.Sound);
        HostResult result = Told(host, told);
        if (sound is null)
        {
            return result;
        }

        double lateFrames = Math.Max(0, FramesAfter(told, sound.JackNs));
        double error = sound.Frame - told.Frame - FramesAfter(told, sound.JackNs);
        double beyond = Math.Max(Math.Abs(error), lateFrames - period) - result.BoundFrames - AllowedFrames;
        return result with
        {
            ErrorFrames = Round(error),
            GridErrorFrames = Round(sound.Frame - told.Frame - FramesAfter(told, sound.GridNs)),
            LateFrames = Round(lateFrames),
            BeyondFrames = Round(Math.Max(0, beyond)),
        };
    }

    /// <summary>Judges a stop: the sound is to end in the period in which the time is, and the transport to stand at the frame that was due then.</summary>
    public HostResult Stop(string host, ToldOutcome told, IReadOnlyList<Heard> heard)
    {
        HostResult result = Told(host, told);
        long early = MachineNs(told.AtNs) - (long)((result.BoundFrames + AllowedFrames) * 1e9 / Rate);
        Heard? silence = heard.FirstOrDefault(one => one.Kind == HeardKind.Silence && one.JackNs >= early);
        if (silence is null || heard.LastOrDefault(one => one.Kind == HeardKind.Stands) is not { } stands)
        {
            return result;
        }

        double lateFrames = FramesAfter(told, silence.JackNs);
        double error = stands.Frame - told.Frame;
        double beyond = Math.Max(Math.Max(-lateFrames, lateFrames - period) - result.BoundFrames - AllowedFrames, Math.Abs(error));
        return result with { ErrorFrames = error, LateFrames = Round(lateFrames), BeyondFrames = Round(Math.Max(0, beyond)) };
    }

    private static double Round(double frames) => Math.Round(frames, 3);

    private static HostResult Told(string host, ToldOutcome told) =>
        new(host, told.Result, Round(told.BoundUs * Rate * 1e-6), told.ErrorFrames, told.Corrections, null, null, null, null);

    private double FramesAfter(ToldOutcome told, long machineNs) =>
        (map.ToMesh(reference.ToHost(new MeshTime(machineNs)).Nanoseconds).Nanoseconds - told.AtNs) * (Rate * 1e-9);
}
