// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Impairment;

/// <summary>What a link did so far. Each packet is lost for one of three reasons, or delivered.</summary>
/// <param name="Packets">Packets that went in.</param>
/// <param name="Bytes">Bytes of them.</param>
/// <param name="LostRandom">Lost by the Gilbert-Elliott model.</param>
/// <param name="LostInOutage">Lost because the link was out.</param>
/// <param name="LostInQueue">Lost because the queue was full.</param>
/// <param name="Delivered">Packets that came out, copies not counted.</param>
/// <param name="Copied">Of these, those that came out twice.</param>
/// <param name="Reordered">Of these, those that left the order.</param>
/// <param name="Corrupted">Of these, those with bits flipped.</param>
public readonly record struct ImpairmentCounts(
    long Packets,
    long Bytes,
    long LostRandom,
    long LostInOutage,
    long LostInQueue,
    long Delivered,
    long Copied,
    long Reordered,
    long Corrupted)
{
    /// <summary>Packets that did not come out.</summary>
    public long Lost => LostRandom + LostInOutage + LostInQueue;

    /// <summary>Both together.</summary>
    public static ImpairmentCounts operator +(ImpairmentCounts left, ImpairmentCounts right) => new(
        left.Packets + right.Packets,
        left.Bytes + right.Bytes,
        left.LostRandom + right.LostRandom,
        left.LostInOutage + right.LostInOutage,
        left.LostInQueue + right.LostInQueue,
        left.Delivered + right.Delivered,
        left.Copied + right.Copied,
        left.Reordered + right.Reordered,
        left.Corrupted + right.Corrupted);

    /// <summary>Both together.</summary>
    public ImpairmentCounts Add(ImpairmentCounts other) => this + other;
}
