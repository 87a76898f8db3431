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
        Outputs = Register(client, JackPortFlags.JackPortIsOutput, request.OutputPorts, "out_", request.OutputChannels);
        Inputs = Register(client, JackPortFlags.JackPortIsInput, request.InputPorts, "in_", request.InputChannels);
        _outputs = new ChannelBuffers(request.OutputChannels, frames: 0);
        _inputs = new ChannelBuffers(request.InputChannels, frames: 0);
    }

    /// <summary>Ports we write to, in channel order.</summary>
    public jack_port_t*[] Outputs { get; }

    /// <summary>Ports we read from, in channel order.</summary>
    public jack_port_t*[] Inputs { get; }

    /// <summary>Full names, outputs then inputs, as the server has them.</summary>
    public string[] FullNames()
    {
        string[] names = new string[Outputs.Length + Inputs.Length];
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = JackText.FromNative(_jack.jack_port_name(At(i)));
        }

        return names;
    }

    /// <summary>The port at a place in <see cref="FullNames"/>.</summary>
    public jack_port_t* At(int index) => index < Outputs.Length ? Outputs[index] : Inputs[index - Outputs.Length];

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

    private jack_port_t*[] Register(jack_client_t* client, JackPortFlags direction, IReadOnlyList<string> names, string prefix, int count)
    {
        if (names.Count > count)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"jack: {names.Count} port names for {count} channels.");
        }

        jack_port_t*[] ports = new jack_port_t*[count];
        for (int channel = 0; channel < count; channel++)
        {
            string name = channel < names.Count && names[channel].Length > 0 ? names[channel] : $"{prefix}{channel + 1}";
            JackMessages.Clear();
            fixed (byte* text = JackText.ToNative(name), type = LibJack.JACK_DEFAULT_AUDIO_TYPE)
            {
                ports[channel] = _jack.jack_port_register(client, text, type, (ulong)direction, 0);
            }

            if (ports[channel] == null)
            {
                throw new AudioMeshException(
                    AudioErrorKind.InvalidArgument,
                    $"jack: the server refused port '{name}': too long, taken, or no ports left.{JackMessages.First()}");
            }
        }

        return ports;
    }
}
