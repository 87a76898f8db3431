// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Time;

/// <summary>
/// What the last exchanges say of the path to a peer; all times in nanoseconds. How long the way there and the way back take each cannot be known
/// from two clocks that are not otherwise the same: only that their difference is at most the least round trip. What can be known is how much longer than
/// its best each way takes at times.
/// </summary>
/// <param name="RoundTripMinNs">The least of the last 10 to 20 minutes.</param>
/// <param name="RoundTripMedianNs">Of the last 128 exchanges.</param>
/// <param name="RoundTripP99Ns">Of the same.</param>
/// <param name="JitterNs">Mean change of the round trip from one exchange to the next.</param>
/// <param name="QueueThereNs">How much longer than at best a request is usually under way (median).</param>
/// <param name="QueueBackNs">The same of answers.</param>
/// <param name="IsCongested">Whether packets usually wait well longer than the path takes: in a queue, or for a radio.</param>
/// <param name="IsAsymmetric">Whether one of the ways is visibly slower than at best, and the other less so.</param>
public readonly record struct PathFacts(
    long RoundTripMinNs,
    long RoundTripMedianNs,
    long RoundTripP99Ns,
    long JitterNs,
    long QueueThereNs,
    long QueueBackNs,
    bool IsCongested,
    bool IsAsymmetric)
{
    /// <summary>The most that an unseen, constant difference of the two ways can put an estimate of the peer's clock wrong.</summary>
    public long AsymmetryBoundNs => RoundTripMinNs / 2;
}
