// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;
using AudioMesh.Midi;
using AudioMesh.Realtime;

namespace AudioMesh.Graph;

/// <summary>The device's channels as the graph sees them during one block.</summary>
[RealtimeSafe]
public sealed unsafe class DevicePorts
{
    private readonly bool[] _isWritten = new bool[MaxChannels];
    private float** _outputs;
    private float** _inputs;
    private MidiBuffer[]? _midiInputs;
    private MidiBuffer[]? _midiOutputs;
    private int _offset;

    /// <summary>The most channels a device may have in one direction.</summary>
    public const int MaxChannels = 256;

    /// <summary>The most MIDI ports a device may have in one direction.</summary>
    public const int MaxMidiPorts = 16;

    /// <summary>Output channels of the device.</summary>
    public int OutputChannels { get; private set; }

    /// <summary>Input channels of the device.</summary>
    public int InputChannels { get; private set; }

    /// <summary>Whether the device is gone: what is written is not heard, and what is read is nobody's silence.</summary>
    public bool IsLost { get; internal set; }

    /// <summary>Takes the pointers of one block, <paramref name="offset"/> frames into the period; outputs must be zero.</summary>
    public void Attach(float** outputs, int outputChannels, float** inputs, int inputChannels, int offset)
    {
        _outputs = outputs;
        _inputs = inputs;
        _offset = offset;
        OutputChannels = Math.Min(outputChannels, MaxChannels);
        InputChannels = Math.Min(inputChannels, MaxChannels);
        _isWritten.AsSpan(0, OutputChannels).Clear();
    }

    /// <summary>Takes the MIDI ports of one block; null where the device has none.</summary>
    public void AttachMidi(MidiBuffer[]? inputs, MidiBuffer[]? outputs)
    {
        _midiInputs = inputs;
        _midiOutputs = outputs;
    }

    /// <summary>
    /// Copies what came to a MIDI port in this block's <paramref name="frames"/> frames, as far as <paramref name="events"/> has room, and says how many there are. A
    /// port the device lacks hears nothing, nor does a device that is lost.
    /// </summary>
    public int ReadMidi(int port, int frames, Span<MidiEvent> events)
    {
        int count = 0;
        if (IsLost || _midiInputs is not { } inputs || (uint)port >= (uint)inputs.Length)
        {
            return count;
        }

        foreach (MidiEvent midiEvent in inputs[port].Events)
        {
            int frame = midiEvent.Frame - _offset;
            if (frame >= 0 && frame < frames && count < events.Length)
            {
                events[count++] = midiEvent with { Frame = frame };
            }
        }

        return count;
    }

    /// <summary>Sends a message on a MIDI port at its frame of this block; false when the device is lost, or has no such port, or no room.</summary>
    public bool WriteMidi(int port, in MidiEvent midiEvent) =>
        !IsLost && _midiOutputs is { } outputs && (uint)port < (uint)outputs.Length && outputs[port].TryAdd(midiEvent with { Frame = midiEvent.Frame + _offset });

    /// <summary>Adds <paramref name="samples"/> to an output channel; the first writer's bits arrive unchanged. Channels the device lacks are dropped.</summary>
    public void Write(int channel, ReadOnlySpan<float> samples)
    {
        if ((uint)channel >= (uint)OutputChannels)
        {
            return;
        }

        Span<float> port = new(_outputs[channel] + _offset, samples.Length);
        if (_isWritten[channel])
        {
            Mix.Add(samples, port);
            return;
        }

        samples.CopyTo(port);
        _isWritten[channel] = true;
    }

    /// <summary>Copies an input channel; channels the device lacks are silent.</summary>
    public void Read(int channel, Span<float> samples)
    {
        if ((uint)channel >= (uint)InputChannels)
        {
            samples.Clear();
            return;
        }

        new ReadOnlySpan<float>(_inputs[channel] + _offset, samples.Length).CopyTo(samples);
    }

    /// <summary>Copies what was written to an output channel so far; where nothing was it is silent, and the result false.</summary>
    public bool ReadBack(int channel, Span<float> samples)
    {
        if ((uint)channel >= (uint)OutputChannels || !_isWritten[channel])
        {
            samples.Clear();
            return false;
        }

        new ReadOnlySpan<float>(_outputs[channel] + _offset, samples.Length).CopyTo(samples);
        return true;
    }
}
