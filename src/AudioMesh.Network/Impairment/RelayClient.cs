// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.Sockets;
using AudioMesh.Clock;

namespace AudioMesh.Network.Impairment;

/// <summary>Somebody whose packets a relay passes on, with a socket that the target knows it by.</summary>
internal sealed class RelayClient(SocketAddress address, Socket upstream, UdpRelayOptions options, ulong seed, MeshTime start) : IDisposable
{
    private readonly ImpairmentModel?[] _there = [new(options.There, seed, start), null, null, null];
    private readonly ImpairmentModel?[] _back = [new(options.Back, seed + 1, start), null, null, null];

    public SocketAddress Address => address;

    public Socket Upstream => upstream;

    public MeshTime LastHeard { get; set; }

    public bool IsGone { get; private set; }

    public ImpairmentCounts There => Sum(_there);

    public ImpairmentCounts Back => Sum(_back);

    /// <summary>What becomes of a packet; those of a kind have a link to themselves, which begins with the first of them.</summary>
    public PacketFate Decide(bool isThere, int kind, MeshTime now, int bytes)
    {
        ref ImpairmentModel? link = ref (isThere ? _there : _back)[kind];
        link ??= new ImpairmentModel(isThere ? options.There : options.Back, seed + (isThere ? 0u : 1u) + ((ulong)kind << 32), now);
        return link.Next(now, bytes);
    }

    public void Dispose()
    {
        IsGone = true;
        upstream.Dispose();
    }

    private static ImpairmentCounts Sum(ImpairmentModel?[] links)
    {
        ImpairmentCounts sum = default;
        foreach (ImpairmentModel? link in links)
        {
            sum += link?.Counts ?? default;
        }

        return sum;
    }
}
