// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Transport;

/// <summary>
/// A transport of this host that takes orders for a mesh time: the frame that is heard at that time is the frame asked for. Any thread, but no device's.
/// </summary>
public interface ITransport : IDisposable
{
    /// <summary>What moves: <c>engine</c>, <c>jack</c>.</summary>
    string Driver { get; }

    /// <summary>Frames per second; 0 before the first block.</summary>
    int Rate { get; }

    /// <summary>How long before its time an order has to be there at least, nanoseconds.</summary>
    long LeastLeadNs { get; }

    /// <summary>The least and the greatest frame it can be at.</summary>
    (long Least, long Most) Frames { get; }

    /// <summary>Why it is gone; empty while it is there.</summary>
    string LostReason { get; }

    /// <summary>Whether other programs of this host that share the transport are told the bars and beats of <see cref="UseTempo"/>.</summary>
    bool SharesBeats { get; }

    /// <summary>Where it is.</summary>
    TransportReading Read();

    /// <summary>
    /// Takes an order, or says why not: <c>id_reused</c>, <c>frame</c>, <c>busy</c>, <c>lost</c>, <c>too_soon</c>. The same order once more changes nothing.
    /// </summary>
    TransportRefusal Schedule(TransportOrder order);

    /// <summary>Takes an order back. False when it is being carried out, or was, or is not known.</summary>
    bool Cancel(ulong id);

    /// <summary>Tempo and meter along it, from now on, for programs that share it.</summary>
    void UseTempo(TempoMap tempo);

    /// <summary>The next outcome. One thread.</summary>
    bool TryTakeOutcome(out TransportOutcome outcome);
}
