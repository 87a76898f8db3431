// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Sockets;
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Session;

/// <summary>What a session keeps of one member.</summary>
internal sealed class SessionPeer(ulong id, in PeerAddress address, MeshTime hostNow)
{
    /// <summary>A wish is renewed by every announcement; without one it ends.</summary>
    private const long WishNs = 5_000_000_000;

    private const long LostAfterNs = 3_000_000_000;

    private const long ForgottenAfterNs = 30_000_000_000;

    /// <summary>Who is heard but does not answer is forgotten sooner: it may be a recording.</summary>
    private const long UnprovenNs = 5_000_000_000;

    private readonly Dictionary<uint, MeshTime> _wishes = [];
    private readonly MeshTime _since = hostNow;

    public ulong Id => id;

    public PeerAddress Address { get; private set; } = address;

    /// <summary>Where it was heard last, which may be somebody else who sends on what it sent: it is asked there too, and whence it answers is where it is.</summary>
    public PeerAddress HeardFrom { get; private set; } = address;

    public string Name { get; private set; } = "";

    public Capabilities Capabilities { get; private set; }

    public IReadOnlyList<StreamOffer> Offers { get; private set; } = [];

    public bool IsProven { get; private set; }

    public bool IsLost { get; set; }

    public MeshTime Heard { get; private set; } = hostNow;

    public int Wishes => _wishes.Count;

    public bool IsListenedTo => IsProven && !IsLost;

    public void Hear(in PeerAddress from, MeshTime arrival)
    {
        HeardFrom = from;
        Heard = arrival > Heard ? arrival : Heard;
    }

    /// <summary>It answered a challenge from here. True when that is another place than before.</summary>
    public bool Prove(in PeerAddress from)
    {
        bool moved = IsProven && Address != from;
        IsProven = true;
        Address = from;
        return moved;
    }

    /// <summary>True when name or offers are others than before.</summary>
    public bool Update(AnnounceBody announce, ulong self, MeshTime hostNow)
    {
        bool changed = Name != announce.Name || !Offers.SequenceEqual(announce.Offers);
        (Name, Capabilities, Offers) = (announce.Name, announce.Capabilities, announce.Offers);
        _wishes.Clear();
        foreach (StreamWish wish in announce.Wishes)
        {
            if (wish.Owner == self)
            {
                Wish(wish.StreamId, hostNow);
            }
        }

        return changed;
    }

    public void Wish(uint stream, MeshTime hostNow)
    {
        if (_wishes.Count < AnnounceBody.MostOffers || _wishes.ContainsKey(stream))
        {
            _wishes[stream] = hostNow.Add(WishNs);
        }
    }

    public void Unwish(uint stream) => _wishes.Remove(stream);

    public bool Wants(uint stream, MeshTime hostNow) => IsListenedTo && _wishes.TryGetValue(stream, out MeshTime until) && hostNow < until;

    public bool HasGoneSilent(MeshTime hostNow) => !IsLost && hostNow - Heard > LostAfterNs;

    public bool IsForgotten(MeshTime hostNow) =>
        hostNow - Heard > ForgottenAfterNs || (!IsProven && hostNow - _since > UnprovenNs);

    public PeerStatus Status(MeshTime hostNow) =>
        new(id, Name, Address, IsProven, IsLost, hostNow - Heard, Capabilities, Offers, _wishes.Count);
}
