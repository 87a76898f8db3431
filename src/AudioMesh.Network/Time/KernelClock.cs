// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Interop;

namespace AudioMesh.Network.Time;

/// <summary>
/// CLOCK_REALTIME of Linux, which chrony, ntpd, or ptp4l with phc2sys discipline, with what adjtimex(2) says of its error. Other systems
/// do not say. Any thread.
/// </summary>
public sealed class KernelClock : ISystemClock
{
    /// <summary>TAI minus UTC since 2017.</summary>
    private const int PresentTaiOffset = 37;

    private const int Tries = 5;

    /// <inheritdoc/>
    public SystemClockReading Read()
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new AudioMeshException(AudioErrorKind.FormatUnsupported, "Only Linux says how right the system's clock is.");
        }

        SystemClockReading best = ReadOnce();
        for (int i = 1; i < Tries; i++)
        {
            SystemClockReading reading = ReadOnce();
            best = reading.UncertaintyNs < best.UncertaintyNs ? reading : best;
        }

        return best;
    }

    private static unsafe SystemClockReading ReadOnce()
    {
        TimeX state = default;
        MeshTime before = MeshClock.Now;
        int answer = LibCTime.adjtimex(&state);
        MeshTime after = MeshClock.Now;
        if (answer < 0)
        {
            throw new AudioMeshException(AudioErrorKind.PermissionDenied, "The system refuses to say how right its clock is (adjtimex).");
        }

        bool isNano = (state.Status & LibCTime.STA_NANO) != 0;
        int tai = state.Tai > 0 ? state.Tai : PresentTaiOffset;
        long ns = ((state.Seconds + tai) * 1_000_000_000) + (isNano ? state.Fraction : state.Fraction * 1000);
        long resolutionNs = isNano ? 1 : 1000;
        bool isSynchronised = answer != LibCTime.TIME_ERROR && (state.Status & LibCTime.STA_UNSYNC) == 0;
        long halfNs = (after - before) / 2;
        return new SystemClockReading(
            before.Add(halfNs), new MeshTime(ns), halfNs + resolutionNs, state.MaxErrorUs * 1000, state.EstimatedErrorUs * 1000, isSynchronised, state.Tai > 0);
    }
}
