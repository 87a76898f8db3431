// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace AudioMesh.Network.Wire;

/// <summary>
/// Who one run of a program is in a session, and the counter of all it sends. There is one for each run and session: all its threads seal with sealers of this one, so that no counter, and
/// with it no nonce, comes twice. Any thread.
/// </summary>
public sealed class SenderIdentity
{
    private ulong _counter;

    /// <summary>
    /// For simulations and test vectors, where runs repeat. Elsewhere use <see cref="CreateRandom"/>: an id that is used again, with a counter that begins again, gives the key away.
    /// </summary>
    public SenderIdentity(SessionKey key, ulong id, ulong firstCounter = 1) => (Key, Id, _counter) = (key, id, firstCounter - 1);

    /// <summary>What the session shares.</summary>
    public SessionKey Key { get; }

    /// <summary>Random in each run.</summary>
    public ulong Id { get; }

    /// <summary>An identity with an id from the system's random numbers.</summary>
    public static SenderIdentity CreateRandom(SessionKey key)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(bytes);
        return new SenderIdentity(key, BinaryPrimitives.ReadUInt64BigEndian(bytes));
    }

    internal ulong NextCounter()
    {
        ulong counter = Interlocked.Increment(ref _counter);
        return counter != 0 ? counter : throw new AudioMeshException(AudioErrorKind.Internal, "All counters are used up.");
    }
}
