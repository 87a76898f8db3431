// SPDX-License-Identifier: MIT
using System.Numerics;

namespace AudioMesh.Network.Wire;

/// <summary>
/// Restores packets of one stream of which all but one of a group and the group's parity came, in whatever order. One thread; allocates nothing after construction.
/// </summary>
public sealed class ParityDecoder
{
    private const int ParitiesKept = 4;

    private readonly int _packetBytes;
    private readonly uint[] _sequences;
    private readonly int[] _lengths;
    private readonly byte[] _packets;
    private readonly ParityBody[] _parities = new ParityBody[ParitiesKept];
    private readonly int[] _parityLengths = new int[ParitiesKept];
    private readonly byte[] _sums;
    private readonly byte[] _restored;
    private int _nextParity;
    private int _restoredBytes;

    /// <summary>For groups of up to <paramref name="packets"/>, 2 to 32, each of at most <paramref name="packetBytes"/> bytes. Throws InvalidArgument.</summary>
    public ParityDecoder(int packets, int packetBytes)
    {
        Redundancy.Parity(packets).Check();
        int slots = (int)BitOperations.RoundUpToPowerOf2((uint)packets * (ParitiesKept + 1));
        _packetBytes = packetBytes;
        _sequences = new uint[slots];
        _lengths = new int[slots];
        _packets = new byte[slots * packetBytes];
        _sums = new byte[ParitiesKept * packetBytes];
        _restored = new byte[packetBytes];
    }

    /// <summary>Packets restored so far.</summary>
    public long RestoredCount { get; private set; }

    /// <summary>Takes a packet as <see cref="AudioBody"/> reads it; true where another one is <see cref="Restored"/> by it.</summary>
    public bool Add(uint sequence, ReadOnlySpan<byte> packet)
    {
        if (packet.Length > _packetBytes)
        {
            return false;
        }

        Keep(sequence, packet);
        for (int parity = 0; parity < ParitiesKept; parity++)
        {
            if (_parityLengths[parity] != 0 && sequence - _parities[parity].FirstSequence < (uint)_parities[parity].Count && TryRestore(parity))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes the body of a parity; true where a packet is <see cref="Restored"/> by it.</summary>
    public bool AddParity(in ParityBody parity, ReadOnlySpan<byte> sum)
    {
        if (sum.Length > _packetBytes || parity.Count * (ParitiesKept + 1) > _sequences.Length)
        {
            return false;
        }

        int slot = _nextParity;
        _nextParity = (slot + 1) % ParitiesKept;
        _parities[slot] = parity;
        _parityLengths[slot] = sum.Length;
        sum.CopyTo(_sums.AsSpan(slot * _packetBytes));
        return TryRestore(slot);
    }

    /// <summary>The packet that was restored last: one sound packet of <see cref="AudioBody"/>.</summary>
    public ReadOnlySpan<byte> Restored => _restored.AsSpan(0, _restoredBytes);

    private void Keep(uint sequence, ReadOnlySpan<byte> packet)
    {
        int slot = SlotOf(sequence);
        _sequences[slot] = sequence;
        _lengths[slot] = packet.Length;
        packet.CopyTo(_packets.AsSpan(slot * _packetBytes));
    }

    private bool TryRestore(int slot)
    {
        ParityBody parity = _parities[slot];
        int missing = 0;
        uint missingSequence = 0;
        for (uint i = 0; i < parity.Count; i++)
        {
            if (!IsKept(parity.FirstSequence + i))
            {
                missing++;
                missingSequence = parity.FirstSequence + i;
            }
        }

        if (missing > 1)
        {
            return false;
        }

        int sumBytes = _parityLengths[slot];
        _parityLengths[slot] = 0;
        return missing == 1 && Restore(parity, missingSequence, _sums.AsSpan(slot * _packetBytes, sumBytes));
    }

    private bool Restore(in ParityBody parity, uint missing, ReadOnlySpan<byte> sum)
    {
        int length = parity.Lengths;
        _restored.AsSpan().Clear();
        sum.CopyTo(_restored);
        for (uint i = 0; i < parity.Count; i++)
        {
            if (parity.FirstSequence + i != missing)
            {
                int slot = SlotOf(parity.FirstSequence + i);
                ParityEncoder.Accumulate(_restored, _packets.AsSpan(slot * _packetBytes, _lengths[slot]));
                length ^= _lengths[slot];
            }
        }

        _restoredBytes = 0;
        if (length > sum.Length || _restored.AsSpan(length).ContainsAnyExcept((byte)0))
        {
            return false;
        }

        ReadOnlySpan<byte> rest = _restored.AsSpan(0, length);
        bool isSound = AudioBody.TryRead(ref rest, out AudioPacketHeader header, out _)
            && rest.IsEmpty && header.StreamId == parity.StreamId && header.Sequence == missing;
        if (isSound)
        {
            _restoredBytes = length;
            RestoredCount++;
            Keep(missing, Restored);
        }

        return isSound;
    }

    private bool IsKept(uint sequence) => _lengths[SlotOf(sequence)] != 0 && _sequences[SlotOf(sequence)] == sequence;

    private int SlotOf(uint sequence) => (int)(sequence & (uint)(_sequences.Length - 1));
}
