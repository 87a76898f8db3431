// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Stems;

/// <summary>What a record of a <see cref="TakeLink"/> is.</summary>
internal enum TakeRecordKind : byte
{
    /// <summary>JSON from the server, before it was asked for anything: it has the key.</summary>
    Hello = 1,

    /// <summary>JSON: what is asked for.</summary>
    Request = 2,

    /// <summary>JSON: why it is not given.</summary>
    Refusal = 3,

    /// <summary>JSON: a take that is there.</summary>
    Offer = 4,

    /// <summary>JSON: a file's length, and where what follows begins.</summary>
    Begin = 5,

    /// <summary>Bytes of a file; none where the server is still at work.</summary>
    Data = 6,

    /// <summary>The end of offers, or of a file, whose SHA-256 it holds.</summary>
    End = 7,
}
