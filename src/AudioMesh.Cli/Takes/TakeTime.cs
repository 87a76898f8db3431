// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Transport;
using AudioMesh.Clock;
using AudioMesh.Network.Bus;
using AudioMesh.Network.Session;
using AudioMesh.Network.Time;

namespace AudioMesh.Cli.Takes;

/// <summary>The mesh time that a take is placed in: a session's, that of NATS servers, or this host's clock.</summary>
internal sealed class TakeTime : IDisposable
{
    private const int WaitMs = 30_000;
    private const int LookMs = 50;

    // So long others have to be met, before this host takes its own time for the session's.
    private const int MeetMs = 3000;

    private static readonly TimebaseReading Alone = new(ClockMap.Identity, TimebaseState.Local, 0, 0, 0);

    private readonly ToastHost? _host;
    private readonly NatsBus? _bus;
    private readonly MeshTimebase? _timebase;

    /// <summary>Throws what joining throws.</summary>
    public TakeTime(MeshWish? mesh)
    {
        _host = mesh?.Session is { } session ? new ToastHost(session.Read()) : null;
        _bus = mesh?.Nats is { } nats ? new NatsBus(nats) : null;
        _timebase = _host?.Session.Timebase ?? _bus?.Timebase;
        Name = mesh?.Session?.Name ?? mesh?.Nats?.Name ?? Environment.MachineName;
    }

    /// <summary>What this host is called.</summary>
    public string Name { get; }

    /// <summary>Seconds since 1970 by the system's clock.</summary>
    public static double EpochNow => (DateTime.UtcNow - DateTime.UnixEpoch).TotalSeconds;

    public TimebaseReading Read() => _timebase?.Read() ?? Alone;

    /// <summary>Waits until mesh time is known, and in a session for others a while, but not beyond the time to begin. Throws Timeout, and what the bus failed with.</summary>
    public async Task WaitKnownAsync(ArmWish wish, Task interrupted)
    {
        long start = Environment.TickCount64;
        double meetMs = _host is null ? 0 : Math.Min(MeetMs, (wish.EpochSeconds - EpochNow) * 1000 ?? MeetMs);
        while (!interrupted.IsCompleted)
        {
            if (_bus?.Failure is { } failure)
            {
                throw failure;
            }

            TimebaseState state = Read().State;
            long waitedMs = Environment.TickCount64 - start;
            if (state is TimebaseState.Locked or TimebaseState.Holdover || (state == TimebaseState.Local && waitedMs >= meetMs))
            {
                return;
            }

            if (waitedMs > WaitMs)
            {
                throw new AudioMeshException(AudioErrorKind.Timeout, $"Mesh time is not known after {WaitMs / 1000} s: 'audiomesh time' shows why.");
            }

            await Task.WhenAny(interrupted, Task.Delay(LookMs));
        }
    }

    /// <summary>The mesh time asked for, or now. Throws InvalidArgument for a mesh time that has passed or is too far.</summary>
    public MeshTime BeginOf(ArmWish wish)
    {
        MeshTime host = MeshClock.Now;
        MeshTime now = Read().Map.ToMesh(host.Nanoseconds);
        if (wish.EpochSeconds is { } epoch)
        {
            return Read().Map.ToMesh(host.Add((long)((epoch - EpochNow) * 1e9)).Nanoseconds);
        }

        if (wish.MeshSeconds is not { } mesh)
        {
            return now;
        }

        MeshTime at = new((long)Math.Round(mesh * 1e9));
        ArmOptionSet.Check("--at-mesh", mesh, (at - now) / 1e9);
        return at;
    }

    public void Dispose()
    {
        _bus?.Dispose();
        _host?.Dispose();
    }
}
