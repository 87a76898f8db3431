// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Bus;

/// <summary>What a message between two buses is: the first byte of it.</summary>
internal enum FrameKind : byte
{
    Hello = 1,
    Publish = 2,
    Request = 3,
    Answer = 4,
    Entry = 5,
    Summary = 6,
    Digests = 7,
    Want = 8,
}
