// SPDX-License-Identifier: MIT
using System.Net;

namespace AudioMesh.Network.Impairment;

/// <summary>What a <see cref="UdpRelay"/> stands between.</summary>
public sealed record UdpRelayOptions
{
    /// <summary>Where clients send to; port 0 for any that is free. Nothing beyond the loopback unless it is said here.</summary>
    public required IPEndPoint Listen { get; init; }

    /// <summary>The program that it stands in front of.</summary>
    public required IPEndPoint Target { get; init; }

    /// <summary>The way from clients to the target.</summary>
    public ImpairmentOptions There { get; init; } = new();

    /// <summary>The way from the target to clients.</summary>
    public ImpairmentOptions Back { get; init; } = new();

    /// <summary>
    /// Chooses what is lost. The nth client (from 0, in the order they are first heard) has a link of its own: an <see cref="ImpairmentModel"/> of seed
    /// Seed + 2 n there, and one of seed Seed + 2 n + 1 back, which begin with its first packet.
    /// </summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Sees what passes, and may part it into kinds; null where nobody does.</summary>
    public IRelayWatch? Watch { get; init; }

    /// <summary>Clients at once, 1 to 1024; what others send is dropped.</summary>
    public int MaxClients { get; init; } = 64;

    /// <summary>A client is forgotten when nothing went either way for so long, 1 s to 24 h.</summary>
    public TimeSpan ClientTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Bytes of packets that may be on their way at once, 64 KiB to 4 GiB; what finds no room is dropped.</summary>
    public long MaxBytes { get; init; } = 64 << 20;

    /// <summary>Throws <see cref="AudioMeshException"/> (InvalidArgument, naming field and range) when a value is out of range.</summary>
    public void Validate()
    {
        There.Validate();
        Back.Validate();
        RangeCheck.Hold(Target.Port > 0, "target", Target.Port, "a port of 1..65535");
        RangeCheck.Hold(MaxClients is >= 1 and <= 1024, "max_clients", MaxClients, "1..1024");
        RangeCheck.Hold(
            ClientTimeout >= TimeSpan.FromSeconds(1) && ClientTimeout <= TimeSpan.FromHours(24), "client_timeout", ClientTimeout.TotalSeconds, "1..86400 s");
        RangeCheck.Hold(MaxBytes is >= 65_536 and <= 1L << 32, "max_bytes", MaxBytes, "65536..4294967296");
    }
}
