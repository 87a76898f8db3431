// SPDX-License-Identifier: MIT
using AudioMesh.Interop;
using AudioMesh.Midi;
using AudioMesh.Realtime;

namespace AudioMesh.Backends.Jack;

/// <summary>
/// Carries a cycle's MIDI between our ports and the buffers of a block. Messages longer than three bytes are not carried. Device thread.
/// </summary>
internal sealed unsafe class JackMidi
{
    private readonly LibJack _jack;
    private readonly JackPorts _ports;
    private readonly MidiBuffer[]? _outputs;
    private readonly MidiBuffer[]? _inputs;

    public JackMidi(LibJack jack, JackPorts ports)
    {
        _jack = jack;
        _ports = ports;
        _outputs = Buffers(ports.MidiOutputs.Length);
        _inputs = Buffers(ports.MidiInputs.Length);
    }

    /// <summary>Takes what came, and gives the block empty buffers for what goes.</summary>
    [RealtimeSafe]
    public void Read(ref DeviceBlock block)
    {
        for (int port = 0; port < _ports.MidiInputs.Length; port++)
        {
            ReadPort(_inputs![port], _ports.MidiInputs[port], block.Frames);
        }

        for (int port = 0; port < _ports.MidiOutputs.Length; port++)
        {
            _outputs![port].Clear();
        }

        block.MidiInputs = _inputs;
        block.MidiOutputs = _outputs;
    }

    /// <summary>Sends what the block has written; every cycle, since a port's memory comes with rubbish.</summary>
    [RealtimeSafe]
    public void Write(int frames)
    {
        for (int port = 0; port < _ports.MidiOutputs.Length; port++)
        {
            WritePort(_outputs![port], _ports.MidiOutputs[port], frames);
        }
    }

    [RealtimeSafe]
    private void ReadPort(MidiBuffer buffer, jack_port_t* port, int frames)
    {
        buffer.Clear();
        void* memory = _jack.jack_port_get_buffer(port, (uint)frames);
        uint count = _jack.jack_midi_get_event_count(memory);
        for (uint i = 0; i < count; i++)
        {
            jack_midi_event_t raw;
            bool isOne = _jack.jack_midi_event_get(&raw, memory, i) == 0 && raw.size <= MidiEvent.MaxLength;
            if (isOne && MidiEvent.TryRead((int)Math.Min(raw.time, (uint)frames - 1), new ReadOnlySpan<byte>(raw.buffer, (int)raw.size), out MidiEvent midiEvent))
            {
                buffer.TryAdd(midiEvent);
            }
            else
            {
                buffer.Lose();
            }
        }
    }

    [RealtimeSafe]
    private void WritePort(MidiBuffer buffer, jack_port_t* port, int frames)
    {
        void* memory = _jack.jack_port_get_buffer(port, (uint)frames);
        _jack.jack_midi_clear_buffer(memory);
        byte* bytes = stackalloc byte[MidiEvent.MaxLength];
        foreach (MidiEvent midiEvent in buffer.Events)
        {
            int length = midiEvent.Write(new Span<byte>(bytes, MidiEvent.MaxLength));
            if (length == 0 || _jack.jack_midi_event_write(memory, (uint)Math.Clamp(midiEvent.Frame, 0, frames - 1), bytes, (ulong)length) != 0)
            {
                buffer.Lose();
            }
        }
    }

    private static MidiBuffer[]? Buffers(int ports)
    {
        MidiBuffer[] buffers = new MidiBuffer[ports];
        for (int port = 0; port < ports; port++)
        {
            buffers[port] = new MidiBuffer();
        }

        return ports > 0 ? buffers : null;
    }
}
