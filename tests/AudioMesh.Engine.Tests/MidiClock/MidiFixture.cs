// SPDX-License-Identifier: MIT
using AudioMesh.Midi;

namespace AudioMesh.Engine.Tests.MidiClock;

/// <summary>An engine on a device with one MIDI port each way, and notes of what is sent.</summary>
internal abstract class MidiFixture : EngineFixture
{
    /// <summary>What was sent, with device frames.</summary>
    protected List<(long Frame, byte Status, int Sixteenths)> Sent { get; } = [];

    /// <summary>The device frames of the clocks sent.</summary>
    protected List<long> Clocks => [.. Sent.Where(sent => sent.Status == MidiStatus.Clock).Select(sent => sent.Frame)];

    /// <summary>What was sent but clocks.</summary>
    protected List<(long Frame, byte Status, int Sixteenths)> Transport => [.. Sent.Where(sent => sent.Status != MidiStatus.Clock)];

    [SetUp]
    public void SetUpMidi()
    {
        Sent.Clear();
        Device.MidiInputs = [new MidiBuffer()];
        Device.MidiOutputs = [new MidiBuffer()];
        Device.Rendered = Note;
    }

    /// <summary>Plays messages into the device's input at their frames from now on, in order, while it pulls to the last.</summary>
    protected void Play(IEnumerable<(long Frame, byte Status)> messages, int rest = 0)
    {
        long start = Device.DeviceFrame;
        Queue<(long Frame, byte Status)> coming = new(messages);
        while (coming.Count > 0)
        {
            FillInput(coming, Device.DeviceFrame - start);
            Device.Pull(Device.Stream!.PeriodFrames);
        }

        Device.MidiInputs![0].Clear();
        Device.Pull(rest);
    }

    private void FillInput(Queue<(long Frame, byte Status)> coming, long begin)
    {
        Device.MidiInputs![0].Clear();
        while (coming.TryPeek(out (long Frame, byte Status) next) && next.Frame < begin + Device.Stream!.PeriodFrames)
        {
            Device.MidiInputs[0].TryAdd(new MidiEvent((int)(next.Frame - begin), next.Status));
            coming.Dequeue();
        }
    }

    private void Note(long begin)
    {
        foreach (MidiEvent midiEvent in Device.MidiOutputs is [{ } port, ..] ? port.Events : [])
        {
            Sent.Add((begin + midiEvent.Frame, midiEvent.Status, midiEvent.Status == MidiStatus.SongPosition ? midiEvent.Sixteenths : 0));
        }
    }
}
