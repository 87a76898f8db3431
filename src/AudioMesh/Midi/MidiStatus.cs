// SPDX-License-Identifier: MIT
namespace AudioMesh.Midi;

/// <summary>The status bytes of transport and clock (MIDI 1.0 Detailed Specification, system messages).</summary>
public static class MidiStatus
{
    /// <summary>Song Position Pointer: 14 bits of sixteenths, the lower seven first.</summary>
    public const byte SongPosition = 0xF2;

    /// <summary>Timing Clock: 24 in a quarter note.</summary>
    public const byte Clock = 0xF8;

    /// <summary>Start, from the beginning; the next clock is the first.</summary>
    public const byte Start = 0xFA;

    /// <summary>Continue, from where it was.</summary>
    public const byte Continue = 0xFB;

    /// <summary>Stop.</summary>
    public const byte Stop = 0xFC;
}
