// SPDX-License-Identifier: MIT
using AudioMesh.Interop;
using AudioMesh.Realtime;

namespace AudioMesh.Backends.Jack;

/// <summary>Our ports of one client.</summary>
internal sealed unsafe class JackPorts : IDisposable
{
    private readonly LibJack _jack;
    private readonly ChannelBuffers _outputs;
    private readonly ChannelBuffers _inputs;

    /// <summary>Registers the ports a request asks for; throws InvalidArgument or LimitExceeded and leaves those made to the client's closing.</summary>
    public JackPorts(LibJack jack, jack_client_t* client, StreamRequest request)
    {
        _jack = jack;
        Outputs = Register(client, JackPortFlags.JackPortIsOutput, LibJack.JACK_DEFAULT_AUDIO_TYPE, request.OutputPorts, "out_", request.OutputChannels);
        Inputs = Register(client, JackPortFlags.JackPortIsInput, LibJack.JACK_DEFAULT_AUDIO_TYPE, request.InputPorts, "in_", request.InputChannels);
        MidiOutputs = Register(client, JackPortFlags.JackPortIsOutput, LibJack.JACK_DEFAULT_MIDI_TYPE, [], "midi_out_", request.MidiOutputs);
        MidiInputs = Register(client, JackPortFlags.JackPortIsInput, LibJack.JACK_DEFAULT_MIDI_TYPE, [], "midi_in_", request.MidiInputs);
        _outputs = new ChannelBuffers(request.OutputChannels, frames: 0);
        _inputs = new ChannelBuffers(request.InputChannels, frames: 0);
    }

    /// <summary>Ports we write to, in channel order.</summary>
    public jack_port_t*[] Outputs { get; }

    /// <summary>Ports we read from, in channel order.</summary>
    public jack_port_t*[] Inputs { get; }

    /// <summary>MIDI ports we write to.</summary>
    public jack_port_t*[] MidiOutputs { get; }

    /// <summary>MIDI ports we read from.</summary>
    public jack_port_t*[] MidiInputs { get; }

    /// <summary>Full names as the server has them: outputs then inputs, and those of MIDI.</summary>
    public string[] FullNames() => [.. Names(Outputs), .. Names(Inputs), .. Names(MidiOutputs), .. Names(MidiInputs)];

    /// <summary>How many of <see cref="FullNames"/> are of audio, which come first.</summary>
    public int AudioCount => Outputs.Length + Inputs.Length;

    /// <summary>The port at a place in <see cref="FullNames"/>.</summary>
    public jack_port_t* At(int index)
    {
        foreach (jack_port_t*[] ports in (jack_port_t*[][])[Outputs, Inputs, MidiOutputs, MidiInputs])
        {
            if (index < ports.Length)
            {
                return ports[index];
            }

            index -= ports.Length;
        }

        return null;
    }

    /// <summary>Whether we write to the port at a place in <see cref="FullNames"/>.</summary>
    public bool IsOutput(int index) => index < Outputs.Length || (index >= AudioCount && index < AudioCount + MidiOutputs.Length);

    /// <summary>Points a block at this cycle's port memory. Device thread.</summary>
    [RealtimeSafe]
    public void Bind(ref DeviceBlock block)
    {
        for (int channel = 0; channel < Outputs.Length; channel++)
        {
            _outputs.Pointers[channel] = (float*)_jack.jack_port_get_buffer(Outputs[channel], (uint)block.Frames);
        }

        for (int channel = 0; channel < Inputs.Length; channel++)
        {
            _inputs.Pointers[channel] = (float*)_jack.jack_port_get_buffer(Inputs[channel], (uint)block.Frames);
        }

        block.Outputs = _outputs.Pointers;
        block.Inputs = _inputs.Pointers;
        block.OutputChannels = Outputs.Length;
        block.InputChannels = Inputs.Length;
    }

    public void Dispose()
    {
        _outputs.Dispose();
        _inputs.Dispose();
    }

    private string[] Names(jack_port_t*[] ports)
    {
        string[] names = new string[ports.Length];
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = JackText.FromNative(_jack.jack_port_name(ports[i]));
        }

        return names;
    }

    private jack_port_t*[] Register(
        jack_client_t* client, JackPortFlags direction, ReadOnlySpan<byte> portType, IReadOnlyList<string> names, string prefix, int count)
    {
        if (names.Count > count)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"jack: {names.Count} port names for {count} channels.");
        }

        jack_port_t*[] ports = new jack_port_t*[count];
        for (int channel = 0; channel < count; channel++)
        {
            string name = channel < names.Count && names[channel].Length > 0 ? names[channel] : $"{prefix}{channel + 1}";
            fixed (byte* text = JackText.ToNative(name), type = portType)
            {
                ports[channel] = _jack.jack_port_register(client, text, type, (ulong)direction, 0);
            }

            if (ports[channel] == null)
            {
                throw new AudioMeshException(
                    AudioErrorKind.InvalidArgument,
                    $"jack: the server refused port '{name}': too long, taken, or no ports left.");
            }
        }

        return ports;
    }
}
