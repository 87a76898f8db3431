// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Wire;

/// <summary>Why a datagram was not heard.</summary>
public enum DropCause
{
    /// <summary>It was heard.</summary>
    None,

    /// <summary>Shorter than header and tag.</summary>
    TooShort,

    /// <summary>Longer than any datagram of ours.</summary>
    TooLong,

    /// <summary>Not of this protocol.</summary>
    Foreign,

    /// <summary>Of another version of it.</summary>
    OtherVersion,

    /// <summary>A type this version does not know.</summary>
    UnknownType,

    /// <summary>Of another session, or from somebody with another key.</summary>
    OtherSession,

    /// <summary>Our own, come back.</summary>
    Own,

    /// <summary>Header or body are not what whoever has the key wrote: forged, spoofed or damaged.</summary>
    NotAuthentic,

    /// <summary>Heard before.</summary>
    Replayed,

    /// <summary>So far behind that whether it was heard before is not known any more.</summary>
    TooOld,

    /// <summary>Too many from unknown senders lately to look into this one.</summary>
    Throttled,

    /// <summary>An authentic new sender, and no room for it.</summary>
    TooManySenders,

    /// <summary>Authentic, but its body breaks the protocol.</summary>
    BadBody,

    /// <summary>Its sender has not proved yet that it lives now.</summary>
    NotProven,

    /// <summary>About a stream that nobody here asked for or offers.</summary>
    NoSuchStream,
}
