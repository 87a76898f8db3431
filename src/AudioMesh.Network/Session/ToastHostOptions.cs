// SPDX-License-Identifier: MIT
using System.Net;
using AudioMesh.Network.Sockets;
using AudioMesh.Network.Time;
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Session;

/// <summary>What a <see cref="ToastHost"/> is in a session, and where it is heard.</summary>
public sealed record ToastHostOptions
{
    /// <summary>Who this is, to people: 1 to 63 bytes of UTF-8. Peers subscribe to its streams by this name.</summary>
    public required string Name { get; init; }

    /// <summary>What the session shares.</summary>
    public required SessionKey Key { get; init; }

    /// <summary>The address to bind. Loopback unless told otherwise: nothing beyond this machine is heard or sent to. Port 0 takes a free one.</summary>
    public IPEndPoint Bind { get; init; } = new(IPAddress.Loopback, UdpPortOptions.DefaultPort);

    /// <summary>Other members, or a hub, that are told of this one.</summary>
    public IReadOnlyList<IPEndPoint> Contacts { get; init; } = [];

    /// <summary>A multicast group on which members find each other; null for none.</summary>
    public IPEndPoint? Group { get; init; }

    /// <summary>The longest datagram, <see cref="DatagramSize.Least"/> to <see cref="DatagramSize.Most"/>.</summary>
    public int DatagramBytes { get; init; } = DatagramSize.Default;

    /// <summary>Members known at the same time, at most, 1 to 4096.</summary>
    public int MaxPeers { get; init; } = 256;

    /// <summary>What it can do besides.</summary>
    public Capabilities Capabilities { get; init; }

    /// <summary>How it takes part in mesh time.</summary>
    public TimeOptions Time { get; init; } = new();

    /// <summary>Takes the JSON that members send each other; null where nobody wants it.</summary>
    public IControlHandler? Control { get; init; }

    internal void Validate()
    {
        Check(Name.Length > 0, "name", "A member has a name.");
        Check(Group is null || Group.Port != 0, "group", $"The group {Group} has no port.");
        foreach (IPEndPoint contact in Contacts)
        {
            Check(contact.Port != 0, "contacts", $"The contact {contact} has no port.");
            Check(
                contact.AddressFamily == Bind.AddressFamily || Bind.Address.Equals(IPAddress.IPv6Any),
                "contacts",
                $"The contact {contact} cannot be reached from {Bind}, which is of the other version of IP.");
            Check(
                IPAddress.IsLoopback(contact.Address) || !IPAddress.IsLoopback(Bind.Address),
                "contacts",
                $"The contact {contact} is beyond this machine, but {Bind} is not: bind an address of the network to be heard there.");
        }
    }

    private static void Check(bool holds, string field, string text)
    {
        if (!holds)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, text) { Field = field };
        }
    }
}
