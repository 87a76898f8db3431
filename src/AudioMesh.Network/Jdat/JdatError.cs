// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Jdat;

/// <summary>Why a JDAT line is refused.</summary>
public enum JdatError
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>Longer than the reader takes.</summary>
    LineTooLong,

    /// <summary>Not one JSON object in UTF-8.</summary>
    NotJson,

    /// <summary>Containers within containers, more than eight.</summary>
    TooDeep,

    /// <summary>A <c>type</c> that is not known.</summary>
    UnknownType,

    /// <summary>A <c>version</c> that is not known.</summary>
    UnknownVersion,

    /// <summary>A member is missing.</summary>
    MissingMember,

    /// <summary>A member is there twice.</summary>
    DuplicateMember,

    /// <summary>A member is of the wrong kind: text where a number belongs, and the like.</summary>
    WrongKind,

    /// <summary>A value is outside of what is allowed.</summary>
    OutOfRange,

    /// <summary>NaN, Infinity, or a number beyond single precision.</summary>
    NotFinite,

    /// <summary>The samples are none, or no whole number of frames.</summary>
    WrongCount,

    /// <summary>More samples than the reader takes.</summary>
    TooManySamples,

    /// <summary>Good, but not of the rate or channels that are wanted here.</summary>
    WrongFormat,
}
