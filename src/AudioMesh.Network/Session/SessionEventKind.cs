// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Session;

/// <summary>What happened among the members of a session.</summary>
public enum SessionEventKind
{
    /// <summary>A member was heard, and has shown that it lives now.</summary>
    PeerFound,

    /// <summary>A member has not been heard for some seconds.</summary>
    PeerLost,

    /// <summary>A member said goodbye.</summary>
    PeerLeft,

    /// <summary>A member that was lost is heard again.</summary>
    PeerReturned,

    /// <summary>A member is at another address now, and has shown that it is.</summary>
    PeerMoved,

    /// <summary>A member that is known has another name, or offers other streams.</summary>
    OffersChanged,

    /// <summary>A stream that was asked for is there.</summary>
    StreamFound,

    /// <summary>A stream that was asked for is offered no longer, or nobody offers it any more.</summary>
    StreamLost,

    /// <summary>A stream that was asked for is there, but this machine cannot receive it: <see cref="IncomingStream.Failure"/> says why.</summary>
    StreamRefused,
}
