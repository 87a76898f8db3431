// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Time;

/// <summary>How a host takes part in mesh time.</summary>
public sealed record TimeOptions
{
    /// <summary>Above 0 makes this host a configured reference: of all that are there the highest one is the reference, of equal ones the longest-lived. 0 to 254.</summary>
    public int ReferencePriority { get; init; }

    /// <summary>
    /// The system's clock, where mesh time is to follow that (TAI) because PTP or NTP disciplines it: <see cref="KernelClock"/>. Such hosts need no reference and follow none;
    /// those that have none follow them before any other.
    /// </summary>
    public ISystemClock? SystemClock { get; init; }

    /// <summary>Follow <see cref="SystemClock"/> even where the kernel says that nothing disciplines it. Its bound is then not known to hold.</summary>
    public bool TrustUnsynchronisedSystemClock { get; init; }

    /// <summary>How many peers are measured at most, 1 to 4096.</summary>
    public int MaxPeers { get; init; } = 256;

    /// <summary>Throws <see cref="AudioMeshException"/> (InvalidArgument, naming field and range) when a value is out of range.</summary>
    public void Validate()
    {
        Check(ReferencePriority is >= 0 and <= 254, "reference_priority", ReferencePriority, "0..254");
        Check(MaxPeers is >= 1 and <= 4096, "max_peers", MaxPeers, "1..4096");
    }

    private static void Check(bool holds, string field, int value, string allowed)
    {
        if (!holds)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"{field} {value} is out of range: {allowed}.") { Field = field, Allowed = allowed };
        }
    }
}
