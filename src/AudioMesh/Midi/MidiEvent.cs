// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Midi;

/// <summary>A MIDI 1.0 message of one to three bytes, at a frame of a block. Longer ones (system exclusive) are not carried.</summary>
/// <param name="Frame">Frame in the block, from 0.</param>
/// <param name="Status">The first byte, 0x80 or more: running status is not used.</param>
/// <param name="Data1">The second byte, where <see cref="Length"/> has one.</param>
/// <param name="Data2">The third byte, where <see cref="Length"/> has one.</param>
public readonly record struct MidiEvent(int Frame, byte Status, byte Data1 = 0, byte Data2 = 0)
{
    /// <summary>The most bytes of a message.</summary>
    public const int MaxLength = 3;

    /// <summary>The highest song position, in sixteenths.</summary>
    public const int MaxSongPosition = 0x3FFF;

    /// <summary>Bytes of the message, by its status; 0 for one that is not carried, or none.</summary>
    [RealtimeSafe]
    public int Length => Status switch
    {
        < 0x80 => 0,
        < 0xC0 or (>= 0xE0 and < 0xF0) or MidiStatus.SongPosition => 3,
        < 0xE0 or 0xF1 or 0xF3 => 2,
        0xF6 or >= MidiStatus.Clock => 1,
        _ => 0,
    };

    /// <summary>Where a song position points, in sixteenths.</summary>
    [RealtimeSafe]
    public int Sixteenths => Data1 | (Data2 << 7);

    /// <summary>A song position of 0 to <see cref="MaxSongPosition"/> sixteenths.</summary>
    [RealtimeSafe]
    public static MidiEvent SongPosition(int frame, int sixteenths) =>
        new(frame, MidiStatus.SongPosition, (byte)(sixteenths & 0x7F), (byte)((sixteenths >> 7) & 0x7F));

    /// <summary>Reads the message that <paramref name="bytes"/> are, all of them; false when they are none that is carried.</summary>
    [RealtimeSafe]
    public static bool TryRead(int frame, ReadOnlySpan<byte> bytes, out MidiEvent midiEvent)
    {
        midiEvent = default;
        if (bytes.Length is 0 or > MaxLength)
        {
            return false;
        }

        byte first = bytes.Length > 1 ? bytes[1] : (byte)0;
        byte second = bytes.Length > 2 ? bytes[2] : (byte)0;
        midiEvent = new MidiEvent(frame, bytes[0], first, second);
        return midiEvent.Length == bytes.Length && ((first | second) & 0x80) == 0;
    }

    /// <summary>Writes the message to <paramref name="bytes"/>, which has room for <see cref="MaxLength"/>, and says how long it is.</summary>
    [RealtimeSafe]
    public int Write(Span<byte> bytes)
    {
        bytes[0] = Status;
        bytes[1] = Data1;
        bytes[2] = Data2;
        return Length;
    }
}
