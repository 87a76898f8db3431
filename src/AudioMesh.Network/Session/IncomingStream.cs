// SPDX-License-Identifier: MIT
using AudioMesh.Network.Media;
using AudioMesh.Network.Wire;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Session;

/// <summary>
/// A stream that was asked for, by name: whoever offers it is subscribed to, and followed when it starts anew. Any thread.
/// </summary>
public sealed class IncomingStream : IDisposable
{
    private readonly ToastSession _session;
    private StreamReceiver? _receiver;
    private StreamOffer? _refused;

    internal IncomingStream(ToastSession session, SubscriptionOptions options, bool isDirected = false) =>
        (_session, Options, IsDirected) = (session, options, isDirected);

    /// <summary>What was asked for.</summary>
    public SubscriptionOptions Options { get; }

    /// <summary>
    /// What gives its sound; null before the stream was found for the first time. It is another one when the stream comes back in another format; the one before may be read for
    /// ten more seconds.
    /// </summary>
    [RealtimeSafe]
    public StreamReceiver? Receiver => Volatile.Read(ref _receiver);

    /// <summary>What its sender says of it; null while nobody offers it.</summary>
    public StreamOffer? Offer => Route?.Offer;

    /// <summary>Who sends it; 0 while nobody offers it.</summary>
    public ulong PeerId => Route?.Owner ?? 0;

    /// <summary>Why what is offered cannot be received, such as Opus without libopus; null where it can.</summary>
    public AudioMeshException? Failure { get; private set; }

    internal IncomingRoute? Route { get; set; }

    internal bool IsDirected { get; }

    internal (ulong Owner, StreamOffer? Offer) Promise { get; set; }

    /// <summary>
    /// Says which stream it is that a stream of <see cref="ToastSession.ExpectDirected"/> hears from now on: of whom, and what that one said of it; null: none. Any thread.
    /// </summary>
    public void DirectFrom(ulong peerId, StreamOffer? offer) => _session.Direct(this, peerId, offer);

    /// <summary>Wants it no longer. Nothing may read the receiver any more.</summary>
    public void Dispose() => _session.Unsubscribe(this);

    internal bool HasRefused(StreamOffer offer) => _refused == offer;

    internal void Refuse(StreamOffer? offer, AudioMeshException? failure) => (_refused, Failure) = (offer, failure);

    internal StreamReceiver? Exchange(StreamReceiver? receiver) => Interlocked.Exchange(ref _receiver, receiver);
}
