// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.Sockets;
using AudioMesh.Clock;

namespace AudioMesh.Network.Impairment;

/// <summary>The clients of a relay: as many as there are places, forgotten when they are silent.</summary>
internal sealed class RelayClients(UdpRelayOptions options, SocketWait wait) : IDisposable
{
    private const int NsPerTick = 100;

    private readonly Dictionary<SocketAddress, RelayClient> _byAddress = [];
    private readonly RelayClient?[] _places = new RelayClient?[options.MaxClients];
    private ImpairmentCounts _thereBefore;
    private ImpairmentCounts _backBefore;

    /// <summary>Places that were used so far.</summary>
    public int Places { get; private set; }

    public int Count => _byAddress.Count;

    public long Seen { get; private set; }

    public long Refused { get; private set; }

    public RelayClient? At(int place) => _places[place];

    /// <summary>The client at <paramref name="address"/>, a new one where it is not known; null where there is no place for it.</summary>
    public RelayClient? Find(SocketAddress address, MeshTime now)
    {
        if (_byAddress.TryGetValue(address, out RelayClient? known))
        {
            return known;
        }

        int place = Array.IndexOf(_places, null);
        if (place < 0 || TryOpen() is not { } upstream)
        {
            Refused++;
            return null;
        }

        ulong seed = options.Seed + (2 * (ulong)Seen++);
        RelayClient client = new(Copy(address), upstream, options, seed, now) { LastHeard = now };
        _byAddress.Add(client.Address, client);
        _places[place] = client;
        Places = Math.Max(Places, place + 1);
        wait.Set(place, upstream);
        return client;
    }

    /// <summary>Forgets those that were silent for too long.</summary>
    public void Expire(MeshTime now)
    {
        for (int place = 0; place < Places; place++)
        {
            if (_places[place] is { } client && now - client.LastHeard > options.ClientTimeout.Ticks * NsPerTick)
            {
                Forget(place, client);
            }
        }
    }

    public ImpairmentCounts CountThere()
    {
        ImpairmentCounts sum = _thereBefore;
        foreach (RelayClient client in _byAddress.Values)
        {
            sum += client.There;
        }

        return sum;
    }

    public ImpairmentCounts CountBack()
    {
        ImpairmentCounts sum = _backBefore;
        foreach (RelayClient client in _byAddress.Values)
        {
            sum += client.Back;
        }

        return sum;
    }

    public void Dispose()
    {
        foreach (RelayClient client in _byAddress.Values)
        {
            client.Dispose();
        }
    }

    private void Forget(int place, RelayClient client)
    {
        _thereBefore += client.There;
        _backBefore += client.Back;
        _byAddress.Remove(client.Address);
        _places[place] = null;
        wait.Set(place, null);
        client.Dispose();
    }

    private Socket? TryOpen()
    {
        try
        {
            return RelaySocket.CreateToward(options.Target);
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private static SocketAddress Copy(SocketAddress address)
    {
        SocketAddress copy = new(address.Family, address.Size);
        address.Buffer.Span[..address.Size].CopyTo(copy.Buffer.Span);
        return copy;
    }
}
