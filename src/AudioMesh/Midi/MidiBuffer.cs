// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Midi;

/// <summary>The messages of one MIDI port in one block, in the order of their frames. One thread, a device's.</summary>
public sealed class MidiBuffer
{
    /// <summary>How many fit.</summary>
    public const int Capacity = 256;

    private readonly MidiEvent[] _events = new MidiEvent[Capacity];
    private int _count;
    private long _lost;

    /// <summary>The messages.</summary>
    [RealtimeSafe]
    public ReadOnlySpan<MidiEvent> Events => _events.AsSpan(0, _count);

    /// <summary>Messages that were lost since it was made: no room was left, or they are not carried. Any thread.</summary>
    [RealtimeSafe]
    public long Lost => Volatile.Read(ref _lost);

    /// <summary>Forgets them all.</summary>
    [RealtimeSafe]
    public void Clear() => _count = 0;

    /// <summary>Puts one in its place, after those of the same frame; false, and counted, when there is no room.</summary>
    [RealtimeSafe]
    public bool TryAdd(in MidiEvent midiEvent)
    {
        if (_count == Capacity)
        {
            Lose();
            return false;
        }

        int place = _count++;
        for (; place > 0 && _events[place - 1].Frame > midiEvent.Frame; place--)
        {
            _events[place] = _events[place - 1];
        }

        _events[place] = midiEvent;
        return true;
    }

    /// <summary>Counts a message that is not carried.</summary>
    [RealtimeSafe]
    public void Lose() => Volatile.Write(ref _lost, _lost + 1);
}
