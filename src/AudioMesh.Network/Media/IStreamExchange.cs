// SPDX-License-Identifier: MIT
using AudioMesh.Graph;

namespace AudioMesh.Network.Media;

/// <summary>What nodes ask of a session: to offer a stream to its peers, and to hear one of theirs. Disposed after the last of its streams. Control threads.</summary>
public interface IStreamExchange : IDisposable
{
    /// <summary>Offers a stream. Throws InvalidArgument where the name is taken or the format cannot be, LimitExceeded, and what <see cref="StreamSender"/> throws.</summary>
    IOfferedStream Offer(StreamDescription stream);

    /// <summary>Listens to a stream from when it is offered on, until disposed. Does not wait for it. Throws InvalidArgument.</summary>
    ISubscribedStream Subscribe(StreamSubscription subscription);

    /// <summary>One of <see cref="IStreamExchanges.Parameters"/>.</summary>
    ParameterValue? Get(string parameter);
}
