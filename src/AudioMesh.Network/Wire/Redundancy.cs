// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Wire;

/// <summary>How a stream guards against loss: <paramref name="Amount"/> packets repeated (1 to 8), or one parity for so many packets (2 to 32).</summary>
/// <param name="Kind">What is sent besides the packets.</param>
/// <param name="Amount">How much; 0 for none.</param>
public readonly record struct Redundancy(RedundancyKind Kind, int Amount)
{
    /// <summary>Most packets that are repeated with each.</summary>
    public const int MostRepeats = 8;

    /// <summary>Nothing but the packets.</summary>
    public static Redundancy None => default;

    /// <summary>Whether kind and amount go together.</summary>
    public bool IsValid => Kind switch
    {
        RedundancyKind.None => Amount == 0,
        RedundancyKind.Repeat => Amount is >= 1 and <= MostRepeats,
        RedundancyKind.Parity => Amount is >= 2 and <= ParityBody.MostPackets,
        _ => false,
    };

    /// <summary>The last <paramref name="packets"/> of each lane repeated.</summary>
    public static Redundancy Repeat(int packets) => new(RedundancyKind.Repeat, packets);

    /// <summary>One parity for <paramref name="packets"/>.</summary>
    public static Redundancy Parity(int packets) => new(RedundancyKind.Parity, packets);

    internal void Check()
    {
        if (!IsValid)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"Redundancy {Kind} of {Amount} is not possible.")
            {
                Field = "redundancy",
                Allowed = $"repeat 1..{MostRepeats}, parity 2..{ParityBody.MostPackets}",
            };
        }
    }
}
