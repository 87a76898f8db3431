// SPDX-License-Identifier: MIT
namespace AudioMesh.Graph;

/// <summary>What the render side reports.</summary>
public enum RenderEventKind
{
    /// <summary>A source had a gap; it is over, or still open after a second. Value: frames; Detail: nanoseconds its runtime paused; Predicted: what of it is heard all the same.</summary>
    Underrun,

    /// <summary>The device went on without us. Value: frames lost.</summary>
    Missed,

    /// <summary>A callback ended after its deadline. Value: nanoseconds too late.</summary>
    Overrun,

    /// <summary>A source came to its end. Value: frames it played.</summary>
    Ended,

    /// <summary>A sink lost frames because its reader was behind. Value: frames.</summary>
    Overflow,

    /// <summary>A source was made by other means than meant, in time and without a gap. Value: frames.</summary>
    Replaced,

    /// <summary>A node is left out from now on because it took too long again and again. Value: nanoseconds it took; Detail: nanoseconds it may take.</summary>
    Bypassed,

    /// <summary>A meter's true peak is above its limit. Value: hundredths of a dB; Detail: the channel.</summary>
    Over,

    /// <summary>A MIDI transport did something. Value: the song position, in sixteenths; Detail: the status byte of the message.</summary>
    Midi,
}
