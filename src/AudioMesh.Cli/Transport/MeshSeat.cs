// SPDX-License-Identifier: MIT
using System.Net;
using AudioMesh.Clock;
using AudioMesh.Network.Bus;
using AudioMesh.Network.Session;
using AudioMesh.Network.Time;
using AudioMesh.Network.Wire;

namespace AudioMesh.Cli.Transport;

/// <summary>A place on a mesh's bus, with the mesh's time.</summary>
internal sealed class MeshSeat : IDisposable
{
    private const int LookMs = 20;
    private readonly ToastHost? _host;

    /// <summary>Throws what joining throws.</summary>
    public MeshSeat(MeshWish wish)
    {
        if (wish.Nats is { } nats)
        {
            Bus = new NatsBus(nats);
            At = string.Join(", ", nats.Servers);
            return;
        }

        ToastHostOptions options = wish.Session!.Read();
        _host = new ToastHost(options);
        try
        {
            Session = (options.Key, _host.Port.LocalAddress.ToEndPoint());
            Bus = new LanBus(_host);
            At = _host.Port.LocalAddress.ToString();
        }
        catch
        {
            _host.Dispose();
            throw;
        }
    }

    public IMeshBus Bus { get; }

    /// <summary>Where it is, for people.</summary>
    public string At { get; }

    /// <summary>The session's key, and where this host takes part in it; null on a NATS server.</summary>
    public (SessionKey Key, IPEndPoint At)? Session { get; }

    public MeshTime Now => Bus.Timebase.State == TimebaseState.Acquiring ? MeshTime.Unknown : Bus.Timebase.ToMesh(MeshClock.Now);

    /// <summary>Waits until <paramref name="holds"/> does, or for <paramref name="patienceMs"/>. Throws what the bus failed with.</summary>
    public async Task<bool> UntilAsync(Func<bool> holds, int patienceMs, Task interruption)
    {
        long since = Environment.TickCount64;
        while (!holds())
        {
            if (Bus.Failure is { } failure)
            {
                throw failure;
            }

            if (Environment.TickCount64 - since >= patienceMs || interruption.IsCompleted)
            {
                return false;
            }

            await Task.Delay(LookMs);
        }

        return true;
    }

    public void Dispose()
    {
        Bus.Dispose();
        _host?.Dispose();
    }
}
