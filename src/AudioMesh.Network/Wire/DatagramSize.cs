// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Wire;

/// <summary>How long a datagram is and what of it is left for whom, in bytes of UDP payload.</summary>
public static class DatagramSize
{
    /// <summary>Fits an Ethernet frame under IPv6 and UDP with 20 bytes to spare for a tunnel.</summary>
    public const int Default = 1432;

    /// <summary>What every IPv4 host takes: 576 less IP and UDP.</summary>
    public const int Least = 548;

    /// <summary>Jumbo frames of 9,000 bytes, less IPv6 and UDP.</summary>
    public const int Most = 8952;

    /// <summary>The longest body in a datagram of <paramref name="datagramBytes"/>.</summary>
    public static int Body(int datagramBytes) => datagramBytes - EnvelopeHeader.Bytes - EnvelopeHeader.TagBytes;

    /// <summary>The most samples, in bytes, of one packet: whatever its stream's redundancy, its parity fits a datagram too.</summary>
    public static int Payload(int datagramBytes) => Body(datagramBytes) - ParityBody.HeaderBytes - AudioBody.HeaderBytes;

    /// <summary>Throws InvalidArgument where <paramref name="datagramBytes"/> is not <see cref="Least"/> to <see cref="Most"/>.</summary>
    public static void Check(int datagramBytes)
    {
        if (datagramBytes is < Least or > Most)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"Datagrams of {datagramBytes} bytes are not possible.")
            {
                Field = "datagram_bytes",
                Allowed = $"{Least}..{Most}",
            };
        }
    }
}
