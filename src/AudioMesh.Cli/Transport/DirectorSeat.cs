// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Time;
using AudioMesh.Network.Transport;

namespace AudioMesh.Cli.Transport;

/// <summary>A director and its place in the mesh.</summary>
internal sealed class DirectorSeat : IDisposable
{
    private const int QuietMs = 600;
    private const int PatienceMs = 6000;
    private readonly MeshSeat _mesh;

    /// <summary>Throws what joining throws.</summary>
    public DirectorSeat(MeshWish wish)
    {
        _mesh = new MeshSeat(wish);
        Director = new TransportDirector(_mesh.Bus, _mesh.Bus.Timebase);
    }

    public TransportDirector Director { get; }

    /// <summary>
    /// Waits until this host knows the mesh's time, and no agent has come for a while or all <paramref name="hosts"/> have; at most some seconds. Throws InvalidState or what the bus failed with.
    /// </summary>
    public async Task SettleAsync(IReadOnlyList<string> hosts, Task interruption)
    {
        long changed = Environment.TickCount64;
        int known = 0;
        bool IsSettled()
        {
            IReadOnlyList<HostStatus> there = Director.Hosts;
            changed = there.Count == known ? changed : Environment.TickCount64;
            known = there.Count;
            TimebaseReading time = _mesh.Bus.Timebase.Read();
            bool sharesTime = there.Count > 0 && there.All(host => host.MeshId == time.MeshId) && time.State != TimebaseState.Acquiring;
            return sharesTime && (hosts.Count > 0 ? hosts.All(name => there.Any(host => host.Host == name)) : Environment.TickCount64 - changed > QuietMs);
        }

        await _mesh.UntilAsync(IsSettled, PatienceMs, interruption);
    }

    /// <summary>The mesh time of a time of day by this host's clock.</summary>
    public MeshTime FromUtc(double epochSeconds)
    {
        MeshTime now = _mesh.Bus.Timebase.ToMesh(MeshClock.Now);
        double aheadNs = (epochSeconds - (DateTime.UtcNow - DateTime.UnixEpoch).TotalSeconds) * 1e9;
        return now.Add((long)Math.Clamp(aheadNs, -1e18, 1e18));
    }

    public void Dispose()
    {
        Director.Dispose();
        _mesh.Dispose();
    }
}
